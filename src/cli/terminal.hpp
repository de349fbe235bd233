#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace matfit {

// How much to say on stderr; stdout carries data only.
enum class Talk { quiet, error, warning, info, debug };

// The one place that prints. Messages go to stderr as single lines; the progress bar only where
// stderr is a terminal.
class Terminal {
 public:
  explicit Terminal(Talk talk);
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  void data(const std::string& text);  // stdout, as it is
  void error(const std::string& line);
  void warning(const std::string& line);
  void info(const std::string& line);
  void debug(const std::string& line);
  // Redraws the bar; safe from several threads. Nothing under --quiet or without a terminal.
  void progress(const std::string& what, std::size_t done, std::size_t total);
  // The same as a value to hand on, for as long as this lives.
  std::function<void(const std::string&, std::size_t, std::size_t)> progress_of_steps();

 private:
  void say(Talk level, const std::string& line);
  void clear_bar();

  Talk talk_;
  bool bar_possible_;
  bool bar_shown_ = false;
};

}  // namespace matfit
