#include "cli/terminal.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <mutex>

namespace matfit {

namespace {

std::mutex& stderr_mutex() {
  static std::mutex mutex;
  return mutex;
}

constexpr std::size_t bar_width = 30;

}  // namespace

Terminal::Terminal(Talk talk)
    : talk_(talk), bar_possible_(talk >= Talk::warning && isatty(STDERR_FILENO) == 1) {}

Terminal::~Terminal() { clear_bar(); }

void Terminal::clear_bar() {
  if (!bar_shown_) return;
  std::fputs("\r\033[K", stderr);
  bar_shown_ = false;
}

void Terminal::data(const std::string& text) {
  {
    const std::lock_guard lock(stderr_mutex());
    clear_bar();
  }
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

void Terminal::say(Talk level, const std::string& line) {
  if (level > talk_) return;
  const std::lock_guard lock(stderr_mutex());
  clear_bar();
  fmt::print(stderr, "matfit: {}\n", line);
}

// Under --quiet errors are still said: silence must not hide a failure from a log.
void Terminal::error(const std::string& line) {
  const std::lock_guard lock(stderr_mutex());
  clear_bar();
  fmt::print(stderr, "matfit: error: {}\n", line);
}

void Terminal::warning(const std::string& line) { say(Talk::warning, "warning: " + line); }
void Terminal::info(const std::string& line) { say(Talk::info, line); }
void Terminal::debug(const std::string& line) { say(Talk::debug, line); }

void Terminal::progress(const std::string& what, std::size_t done, std::size_t total) {
  if (!bar_possible_ || total == 0) return;
  const std::lock_guard lock(stderr_mutex());
  const std::size_t filled = bar_width * done / total;
  fmt::print(stderr, "\r\033[K{} [{:=<{}}{:<{}}] {}/{}", what, "", filled, "", bar_width - filled,
             done, total);
  std::fflush(stderr);
  bar_shown_ = true;
}

std::function<void(const std::string&, std::size_t, std::size_t)> Terminal::progress_of_steps() {
  return [this](const std::string& what, std::size_t done, std::size_t total) {
    progress(what, done, total);
  };
}

}  // namespace matfit
