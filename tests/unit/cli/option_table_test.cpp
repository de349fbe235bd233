#include "cli/option_table.hpp"

#include "types/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace {

using matfit::OptionTable;
using matfit::UsageError;
using testing::HasSubstr;

struct Options {
  bool flag = false;
  int count = 3;
  std::optional<double> pitch_mm;
  std::string view;
  std::vector<std::string> formats = {"json", "csv"};
  std::vector<std::string> paths;

  void declare(OptionTable& table) {
    table.positional("PATH...", paths, 1, 2, "what to read");
    table.section("Numbers");
    table.flag("flag", flag, "a flag");
    table.number("count", count, {1, 9}, "N", "a count");
    table.number("pitch-mm", pitch_mm, {0.5, 500}, "MM", "a pitch");
    table.choice("view", view, {"above", "below"}, "a view");
    table.text_list("formats", formats, "LIST", "formats");
  }
};

Options parsed(const std::vector<std::string>& arguments) {
  Options options;
  OptionTable table;
  options.declare(table);
  table.parse(arguments);
  return options;
}

std::string fault(const std::vector<std::string>& arguments) {
  try {
    parsed(arguments);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "no fault";
}

}  // namespace

TEST(OptionTable, WhatIsNotGivenKeepsItsDefault) {
  const Options options = parsed({"a"});
  EXPECT_FALSE(options.flag);
  EXPECT_EQ(options.count, 3);
  EXPECT_FALSE(options.pitch_mm.has_value());
  EXPECT_EQ(options.formats, (std::vector<std::string>{"json", "csv"}));
}

TEST(OptionTable, EveryKindOfOptionSetsItsVariable) {
  const Options options = parsed({"a", "--flag", "--count", "7", "--pitch-mm=25.4", "--view",
                                  "below", "b", "--formats", "h5", "--formats", "html,json"});
  EXPECT_TRUE(options.flag);
  EXPECT_EQ(options.count, 7);
  EXPECT_DOUBLE_EQ(options.pitch_mm.value(), 25.4);
  EXPECT_EQ(options.view, "below");
  EXPECT_EQ(options.formats, (std::vector<std::string>{"h5", "html", "json"}));
  EXPECT_EQ(options.paths, (std::vector<std::string>{"a", "b"}));
}

TEST(OptionTable, AWrongValueIsNamedWithWhatWasExpected) {
  EXPECT_EQ(fault({"a", "--count", "12"}),
            "--count: got '12', expected a whole number from 1 to 9");
  EXPECT_EQ(fault({"a", "--count", "3x"}),
            "--count: got '3x', expected a whole number from 1 to 9");
  EXPECT_EQ(fault({"a", "--pitch-mm", "nan"}),
            "--pitch-mm: got 'nan', expected a number from 0.5 to 500");
  EXPECT_EQ(fault({"a", "--view", "side"}), "--view: got 'side', expected one of above|below");
}

TEST(OptionTable, ANumberThatMayBeLeftOutHasAUsualOne) {
  const auto parsed = [](const std::vector<std::string>& arguments) {
    std::optional<int> cases;
    bool flag = false;
    std::vector<std::string> paths;
    OptionTable table;
    table.number_or_usual("cases", cases, 1000, {1, 5000}, "N", "how many");
    table.flag("flag", flag, "anything");
    table.positional("PATH...", paths, 0, 2, "files");
    table.parse(arguments);
    return cases;
  };
  EXPECT_EQ(parsed({"--flag"}), std::nullopt);
  EXPECT_EQ(parsed({"--cases"}), 1000);
  EXPECT_EQ(parsed({"--cases", "--flag"}), 1000);
  EXPECT_EQ(parsed({"--cases", "40", "--flag"}), 40);
  EXPECT_EQ(parsed({"--cases=41"}), 41);
  EXPECT_THROW(parsed({"--cases", "a.h5"}), UsageError);
}

TEST(OptionTable, UnknownOptionsAndShortenedNamesAreRefused) {
  EXPECT_THAT(fault({"a", "--fast"}), HasSubstr("'--fast'"));
  EXPECT_THAT(fault({"a", "--coun", "4"}), HasSubstr("'--coun'"));
}

TEST(OptionTable, TooFewAndTooManyArgumentsAreRefused) {
  EXPECT_THAT(fault({}), HasSubstr("missing argument PATH..."));
  EXPECT_THAT(fault({"a", "b", "c"}), HasSubstr("unexpected argument 'c'"));
}

TEST(OptionTable, HelpNamesEveryOptionAndItsDefault) {
  Options options;
  OptionTable table;
  options.declare(table);
  const std::string help = table.help();
  EXPECT_THAT(help, HasSubstr("Numbers:"));
  EXPECT_THAT(help, HasSubstr("--count N"));
  EXPECT_THAT(help, HasSubstr("(default 3)"));
  EXPECT_THAT(help, HasSubstr("--view above|below"));
}

TEST(OptionTable, TheEchoHoldsTheEffectiveValueOfEveryOption) {
  Options options;
  OptionTable table;
  options.declare(table);
  table.parse({"a", "--count", "5"});
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"flag", "false"}, {"count", "5"}, {"pitch-mm", ""}, {"view", ""}, {"formats", "json,csv"}};
  EXPECT_EQ(table.effective(), expected);
}
