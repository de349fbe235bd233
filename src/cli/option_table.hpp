#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace matfit {

// The options of one command, each declared once: name, value word, help, bounds and the variable
// that it sets. Flags, range checks, --help and the echo in run.json all come from here.
// A variable's value before parsing is the default; std::optional means "not given" may stay.
class OptionTable {
 public:
  struct Bounds {
    double low;
    double high;
  };

  void section(std::string title);
  void flag(std::string name, bool& value, std::string help);
  void text(std::string name, std::string& value, std::string word, std::string help);
  void text(std::string name, std::optional<std::string>& value, std::string word,
            std::string help);
  void text_list(std::string name, std::vector<std::string>& value, std::string word,
                 std::string help);  // comma separated, may be repeated
  void number(std::string name, int& value, Bounds bounds, std::string word, std::string help);
  void number(std::string name, double& value, Bounds bounds, std::string word, std::string help);
  void number(std::string name, std::optional<int>& value, Bounds bounds, std::string word,
              std::string help);
  void number(std::string name, std::optional<double>& value, Bounds bounds, std::string word,
              std::string help);

  // A number that may be left out: `--name` alone means `usual`, no --name at all nothing.
  void number_or_usual(std::string name, std::optional<int>& value, int usual, Bounds bounds,
                       std::string word, std::string help);

  // A word out of a closed list; an empty value means "not given" and may stay.
  void choice(std::string name, std::string& value, std::vector<std::string> words,
              std::string help);

  // What stands without a name; at least `least`, at most `most` of them.
  void positional(std::string word, std::vector<std::string>& values, std::size_t least,
                  std::size_t most, std::string help);

  // Sets the variables; UsageError names the option, the value and what was expected.
  void parse(const std::vector<std::string>& arguments);

  // Text for --help, and every option with its effective value, in the order of declaration.
  std::string help() const;
  std::vector<std::pair<std::string, std::string>> effective() const;

 private:
  struct Option {
    std::string name;
    std::string word;  // empty: a flag
    std::string help;
    std::string section;
    std::function<void(const std::string&)> set;
    std::function<std::string()> get;  // effective value as text
    std::string usual = {};            // stands for a number left out; empty: none may be
  };
  struct Positional {
    std::string word;
    std::vector<std::string>* values = nullptr;
    std::size_t least = 0;
    std::size_t most = 0;
    std::string help;
  };

  void add(std::string name, std::string word, std::string help,
           std::function<void(const std::string&)> set, std::function<std::string()> get);

  std::vector<std::string> with_usual_numbers(std::vector<std::string> arguments) const;

  std::vector<Option> options_;
  std::string section_;
  Positional positional_;
};

}  // namespace matfit
