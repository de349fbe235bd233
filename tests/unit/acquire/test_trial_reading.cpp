#include "stages/acquire/trial_reading.hpp"

#include "h5/handle.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <thread>
#include <vector>

namespace matfit {
namespace {

TEST(TrialReading, survives_what_returns_or_throws_and_changes_nothing_here) {
  int seen = 0;
  EXPECT_TRUE(survives_reading([&] { seen = 1; }));
  EXPECT_TRUE(survives_reading([] { throw std::runtime_error("damaged"); }));
  EXPECT_EQ(seen, 0);
}

TEST(TrialReading, notices_a_crash_and_an_early_end) {
  EXPECT_FALSE(survives_reading([] { std::raise(SIGSEGV); }));
  EXPECT_FALSE(survives_reading([] { std::abort(); }));
  EXPECT_FALSE(survives_reading([] { std::_Exit(3); }));
}

TEST(TrialReading, notices_what_never_comes_to_an_end) {
  EXPECT_FALSE(survives_reading([] {
    std::raise(SIGXCPU);  // what the kernel sends at the end of the processor time
  }));
}

TEST(TrialReading, is_not_held_up_by_other_threads_that_are_inside_hdf5) {
  std::atomic<bool> stop = false;
  std::vector<std::thread> busy;
  for (int i = 0; i < 3; ++i) {
    busy.emplace_back([&] {
      while (!stop) const h5::LibraryLock lock;
    });
  }
  for (int i = 0; i < 200; ++i) {
    EXPECT_TRUE(survives_reading([] { const h5::LibraryLock lock; }));
  }
  stop = true;
  for (std::thread& thread : busy) thread.join();
}

}  // namespace
}  // namespace matfit
