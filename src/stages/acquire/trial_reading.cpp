#include "stages/acquire/trial_reading.hpp"

#include "h5/process_copy.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <initializer_list>
#include <stdexcept>
#include <string>

namespace matfit {

namespace {

constexpr rlim_t most_processor_s = 2;
constexpr unsigned most_wall_s = 120;  // for a copy that waits and uses no processor time

void limit(int resource, rlim_t most) {
  const rlimit both = {most, most};
  setrlimit(static_cast<__rlimit_resource_t>(resource), &both);
}

[[noreturn]] void try_and_end(const std::function<void()>& reading) {
  for (const int number : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGALRM, SIGXCPU}) {
    std::signal(number, SIG_DFL);
  }
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, most_processor_s);
  alarm(most_wall_s);
  try {
    reading();
  } catch (...) {  // says so again where it is read in earnest
  }
  _exit(0);
}

}  // namespace

bool survives_reading(const std::function<void()>& reading) {
  const pid_t copy = h5::fork_outside_library();
  if (copy == 0) try_and_end(reading);
  if (copy < 0) {
    throw std::runtime_error(std::string("no process for a trial reading: ") +
                             std::strerror(errno));
  }
  int status = 0;
  while (waitpid(copy, &status, 0) < 0) {
    if (errno != EINTR) return true;  // somebody else waited for it
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace matfit
