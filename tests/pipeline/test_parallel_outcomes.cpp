#include "pipeline/parallel_outcomes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace matfit {
namespace {

using ::testing::ElementsAre;

std::string square_unless_seventh(std::size_t i) {
  if (i % 7 == 6) throw std::runtime_error("number " + std::to_string(i));
  return std::to_string(i * i);
}

TEST(ParallelOutcomes, StandInTheOrderOfTheTasksForAnyNumberOfThreads) {
  for (const int jobs : {1, 2, 5}) {
    const auto outcomes = outcomes_in_parallel(100, jobs, "squaring", {}, square_unless_seventh);
    ASSERT_EQ(outcomes.size(), 100U);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      if (i % 7 == 6) {
        EXPECT_FALSE(outcomes[i].value);
        EXPECT_EQ(outcomes[i].failure, "number " + std::to_string(i));
      } else {
        EXPECT_EQ(outcomes[i].value, std::to_string(i * i));
        EXPECT_EQ(outcomes[i].failure, "");
      }
    }
  }
}

TEST(ParallelOutcomes, CountEachTaskOnceInTheProgress) {
  std::mutex mutex;
  std::multiset<std::size_t> seen;
  const StepProgress progress = [&](const std::string& what, std::size_t done, std::size_t total) {
    const std::lock_guard<std::mutex> lock(mutex);
    EXPECT_EQ(what, "squaring");
    EXPECT_EQ(total, 9U);
    seen.insert(done);
  };
  outcomes_in_parallel(9, 3, "squaring", progress, square_unless_seventh);
  EXPECT_THAT(seen, ElementsAre(1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U, 9U));
}

TEST(ParallelOutcomes, NameTheFailedEntriesInTheirOrder) {
  std::vector<StudyEntry> entries(14);
  for (std::size_t i = 0; i < entries.size(); ++i)
    entries[i].recording_id = std::string(1, 'a' + i);
  const auto outcomes =
      outcomes_in_parallel(entries.size(), 2, "squaring", {}, square_unless_seventh);
  EXPECT_THAT(failures_of(entries, outcomes), ElementsAre("g: number 6", "n: number 13"));
}

TEST(ForEachInParallel, TellsWhichTaskHasFinished) {
  std::vector<int> runs(20, 0);
  std::vector<int> finished(20, 0);
  for_each_in_parallel(
      runs.size(), 2, [&](std::size_t i) { ++runs[i]; },
      [&](std::size_t i, std::size_t) {
        EXPECT_EQ(runs[i], 1);
        ++finished[i];
      });
  EXPECT_EQ(runs, std::vector<int>(20, 1));
  EXPECT_EQ(finished, std::vector<int>(20, 1));
}

TEST(ForEachInParallel, ThrowsWhatATaskThrows) {
  const auto run = [] {
    for_each_in_parallel(20, 2, "squaring", {}, [](std::size_t i) { square_unless_seventh(i); });
  };
  EXPECT_THROW(run(), std::runtime_error);
}

}  // namespace
}  // namespace matfit
