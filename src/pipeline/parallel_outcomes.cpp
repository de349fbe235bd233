#include "pipeline/parallel_outcomes.hpp"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#include <opencv2/core/utility.hpp>

#include <atomic>

namespace matfit {

void for_each_in_parallel(
    std::size_t count, int jobs, const std::function<void(std::size_t)>& task,
    const std::function<void(std::size_t index, std::size_t done)>& finished) {
  cv::setNumThreads(1);  // one index is one task; OpenCV's own threads would only compete
  std::atomic<std::size_t> done = 0;
  tbb::task_arena arena(jobs);
  arena.execute([&] {
    tbb::parallel_for(std::size_t{0}, count, [&](std::size_t i) {
      task(i);
      finished(i, ++done);
    });
  });
}

void for_each_in_parallel(std::size_t count, int jobs, const std::string& what,
                          const StepProgress& progress,
                          const std::function<void(std::size_t)>& task) {
  for_each_in_parallel(count, jobs, task, [&](std::size_t, std::size_t done) {
    if (progress) progress(what, done, count);
  });
}

}  // namespace matfit
