#include "cli/jobs_flag.hpp"

#include <algorithm>
#include <thread>
#include <utility>

namespace matfit {

void JobsFlag::declare(OptionTable& options, std::string help) {
  options.number("jobs", jobs_, {1, 1024}, "N", std::move(help));
}

void JobsFlag::settle() { jobs_ = value(); }

int JobsFlag::value() const {
  return jobs_.value_or(static_cast<int>(std::max(1U, std::thread::hardware_concurrency())));
}

}  // namespace matfit
