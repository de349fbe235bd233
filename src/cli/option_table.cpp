#include "cli/option_table.hpp"

#include "types/error.hpp"

#include <boost/program_options.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>

namespace matfit {

namespace {

namespace po = boost::program_options;

template <typename T>
T parsed_number(const std::string& name, const std::string& text, OptionTable::Bounds bounds) {
  T number{};
  const char* end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, number);
  const double as_double = static_cast<double>(number);
  const bool inside = as_double >= bounds.low && as_double <= bounds.high;
  if (fault != std::errc() || stop != end || !inside) {
    throw UsageError(fmt::format("--{}: got '{}', expected a {} from {} to {}", name, text,
                                 std::is_integral_v<T> ? "whole number" : "number", bounds.low,
                                 bounds.high));
  }
  return number;
}

std::vector<std::string> split_at_commas(const std::string& text) {
  std::vector<std::string> parts;
  std::size_t start = 0;
  while (start <= text.size()) {
    const std::size_t comma = std::min(text.find(',', start), text.size());
    if (comma > start) parts.push_back(text.substr(start, comma - start));
    start = comma + 1;
  }
  return parts;
}

}  // namespace

void OptionTable::section(std::string title) { section_ = std::move(title); }

void OptionTable::add(std::string name, std::string word, std::string help,
                      std::function<void(const std::string&)> set,
                      std::function<std::string()> get) {
  options_.push_back({std::move(name), std::move(word), std::move(help), section_, std::move(set),
                      std::move(get), ""});
}

void OptionTable::flag(std::string name, bool& value, std::string help) {
  add(
      std::move(name), "", std::move(help), [&value](const std::string&) { value = true; },
      [&value] { return std::string(value ? "true" : "false"); });
}

void OptionTable::text(std::string name, std::string& value, std::string word, std::string help) {
  add(
      std::move(name), std::move(word), std::move(help),
      [&value](const std::string& text) { value = text; }, [&value] { return value; });
}

void OptionTable::text(std::string name, std::optional<std::string>& value, std::string word,
                       std::string help) {
  add(
      std::move(name), std::move(word), std::move(help),
      [&value](const std::string& text) { value = text; }, [&value] { return value.value_or(""); });
}

void OptionTable::text_list(std::string name, std::vector<std::string>& value, std::string word,
                            std::string help) {
  auto replaced = std::make_shared<bool>(false);
  add(
      std::move(name), std::move(word), std::move(help),
      [&value, replaced](const std::string& text) {
        if (!*replaced) value.clear();  // the first use replaces the default
        *replaced = true;
        for (std::string& part : split_at_commas(text)) value.push_back(std::move(part));
      },
      [&value] { return fmt::format("{}", fmt::join(value, ",")); });
}

void OptionTable::number(std::string name, int& value, Bounds bounds, std::string word,
                         std::string help) {
  add(
      name, std::move(word), std::move(help),
      [&value, name, bounds](const std::string& text) {
        value = parsed_number<int>(name, text, bounds);
      },
      [&value] { return fmt::format("{}", value); });
}

void OptionTable::number(std::string name, double& value, Bounds bounds, std::string word,
                         std::string help) {
  add(
      name, std::move(word), std::move(help),
      [&value, name, bounds](const std::string& text) {
        value = parsed_number<double>(name, text, bounds);
      },
      [&value] { return fmt::format("{}", value); });
}

void OptionTable::number(std::string name, std::optional<int>& value, Bounds bounds,
                         std::string word, std::string help) {
  add(
      name, std::move(word), std::move(help),
      [&value, name, bounds](const std::string& text) {
        value = parsed_number<int>(name, text, bounds);
      },
      [&value] { return value ? fmt::format("{}", *value) : std::string(); });
}

void OptionTable::number(std::string name, std::optional<double>& value, Bounds bounds,
                         std::string word, std::string help) {
  add(
      name, std::move(word), std::move(help),
      [&value, name, bounds](const std::string& text) {
        value = parsed_number<double>(name, text, bounds);
      },
      [&value] { return value ? fmt::format("{}", *value) : std::string(); });
}

void OptionTable::number_or_usual(std::string name, std::optional<int>& value, int usual,
                                  Bounds bounds, std::string word, std::string help) {
  number(std::move(name), value, bounds, std::move(word), std::move(help));
  options_.back().usual = fmt::format("{}", usual);
}

void OptionTable::choice(std::string name, std::string& value, std::vector<std::string> words,
                         std::string help) {
  std::string listed = fmt::format("{}", fmt::join(words, "|"));
  add(
      name, listed, std::move(help),
      [&value, name, listed, words = std::move(words)](const std::string& text) {
        if (std::find(words.begin(), words.end(), text) == words.end()) {
          throw UsageError(fmt::format("--{}: got '{}', expected one of {}", name, text, listed));
        }
        value = text;
      },
      [&value] { return value; });
}

void OptionTable::positional(std::string word, std::vector<std::string>& values, std::size_t least,
                             std::size_t most, std::string help) {
  positional_ = {std::move(word), &values, least, most, std::move(help)};
}

// Puts the usual number where --name stands without one.
std::vector<std::string> OptionTable::with_usual_numbers(std::vector<std::string> arguments) const {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--") break;
    for (const Option& option : options_) {
      if (option.usual.empty() || arguments[i] != "--" + option.name) continue;
      const bool given = i + 1 < arguments.size() && !arguments[i + 1].starts_with("--");
      if (!given) arguments.insert(arguments.begin() + static_cast<long>(i) + 1, option.usual);
    }
  }
  return arguments;
}

void OptionTable::parse(const std::vector<std::string>& arguments) {
  po::options_description description;
  for (const Option& option : options_) {
    if (option.word.empty()) {
      description.add_options()(option.name.c_str(), "");
    } else {
      description.add_options()(option.name.c_str(), po::value<std::vector<std::string>>(), "");
    }
  }
  const std::string hidden = "positional arguments";
  description.add_options()(hidden.c_str(), po::value<std::vector<std::string>>(), "");
  po::positional_options_description positions;
  positions.add(hidden.c_str(), -1);

  std::vector<po::basic_option<char>> found;
  try {
    // No guessing of shortened names: a flag added later must not change what a script means.
    const int style =
        po::command_line_style::default_style ^ po::command_line_style::allow_guessing;
    found = po::command_line_parser(with_usual_numbers(arguments))
                .options(description)
                .positional(positions)
                .style(style)
                .run()
                .options;
  } catch (const po::error& fault) {
    throw UsageError(fmt::format("{}; see --help", fault.what()));
  }
  std::vector<std::string> unnamed;
  for (const auto& given : found) {
    if (given.string_key == hidden) {
      unnamed.insert(unnamed.end(), given.value.begin(), given.value.end());
      continue;
    }
    for (const Option& option : options_) {
      if (option.name == given.string_key)
        option.set(given.value.empty() ? "" : given.value.front());
    }
  }
  if (unnamed.size() > positional_.most) {
    throw UsageError(
        fmt::format("unexpected argument '{}'; see --help", unnamed[positional_.most]));
  }
  if (unnamed.size() < positional_.least) {
    throw UsageError(fmt::format("missing argument {}: {}", positional_.word, positional_.help));
  }
  if (positional_.values != nullptr) *positional_.values = std::move(unnamed);
}

std::string OptionTable::help() const {
  std::string text;
  if (positional_.values != nullptr) {
    text += fmt::format("  {:<30} {}\n", positional_.word, positional_.help);
  }
  std::string section;
  for (const Option& option : options_) {
    if (option.section != section) {
      section = option.section;
      text += fmt::format("\n{}:\n", section);
    }
    const std::string left = option.word.empty()    ? "--" + option.name
                             : option.usual.empty() ? "--" + option.name + " " + option.word
                                                    : "--" + option.name + " [" + option.word + "]";
    const std::string value = option.word.empty() ? "" : option.get();
    text += fmt::format("  {:<30} {}{}\n", left, option.help,
                        value.empty() ? "" : fmt::format(" (default {})", value));
  }
  return text;
}

std::vector<std::pair<std::string, std::string>> OptionTable::effective() const {
  std::vector<std::pair<std::string, std::string>> values;
  for (const Option& option : options_) values.emplace_back(option.name, option.get());
  return values;
}

}  // namespace matfit
