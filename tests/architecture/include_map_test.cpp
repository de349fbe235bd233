#include "support/datasets.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

// folder -> folders that it may include, as the table in src/README.md says.
using IncludeMap = std::map<std::string, std::set<std::string>>;

std::vector<std::string> quoted_words(const std::string& cell) {
  static const std::regex word("`([^`]+)`");
  std::vector<std::string> words;
  for (std::sregex_iterator it(cell.begin(), cell.end(), word), end; it != end; ++it) {
    words.push_back((*it)[1]);
  }
  return words;
}

IncludeMap read_map(const fs::path& readme) {
  static const std::regex row(R"(^\| `([^`]+)` \|([^|]*)\|([^|]*)\|\s*$)");
  IncludeMap map;
  std::ifstream file(readme);
  for (std::string line; std::getline(file, line);) {
    std::smatch match;
    if (!std::regex_match(line, match, row)) continue;
    const std::vector<std::string> allowed = quoted_words(match[3]);
    map[match[1]] = {allowed.begin(), allowed.end()};
  }
  return map;
}

// "stages/fit/spine.hpp" -> "stages/fit"; "types/body.hpp" -> "types"; "main.cpp" -> "main.cpp".
std::string folder_of(const fs::path& relative) {
  const std::string parent = relative.parent_path().generic_string();
  if (parent.empty()) return relative.generic_string();
  const bool in_stages = parent.rfind("stages/", 0) == 0;
  const std::size_t end = parent.find('/', in_stages ? std::string("stages/").size() : 0);
  return parent.substr(0, end);
}

bool allows(const std::set<std::string>& allowed, const std::string& folder) {
  return allowed.count(folder) > 0 ||
         (folder.rfind("stages/", 0) == 0 && allowed.count("stages/*") > 0);
}

// "file: includes X" for every include that the map does not allow.
std::vector<std::string> forbidden_includes(const fs::path& source, const IncludeMap& map) {
  static const std::regex include(R"rx(^\s*#\s*include\s*"([^"]+)")rx");
  std::vector<std::string> forbidden;
  for (const auto& entry : fs::recursive_directory_iterator(source)) {
    const std::string extension = entry.path().extension();
    if (extension != ".cpp" && extension != ".hpp") continue;
    const fs::path relative = fs::relative(entry.path(), source);
    const std::string from = folder_of(relative);
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) {
      std::smatch match;
      if (!std::regex_search(line, match, include)) continue;
      const std::string target = match[1];
      if (target.rfind("generated/", 0) == 0) continue;
      const std::string to = folder_of(target);
      const auto found = map.find(from);
      if (to != from && (found == map.end() || !allows(found->second, to))) {
        forbidden.push_back(relative.generic_string() + " includes " + target);
      }
    }
  }
  return forbidden;
}

const fs::path source = matfit::test::project_folder() / "src";

}  // namespace

TEST(IncludeMap, EveryIncludeFollowsTheTableInTheReadme) {
  const IncludeMap map = read_map(source / "README.md");
  ASSERT_GE(map.size(), 14U);
  EXPECT_EQ(forbidden_includes(source, map), std::vector<std::string>());
}

TEST(IncludeMap, EveryFolderOfSourcesStandsInTheTable) {
  const IncludeMap map = read_map(source / "README.md");
  for (const auto& entry : fs::recursive_directory_iterator(source)) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string folder = folder_of(fs::relative(entry.path(), source));
    EXPECT_EQ(map.count(folder), 1U) << folder;
  }
}

TEST(IncludeMap, NoStageMayIncludeAnother) {
  for (const auto& [folder, allowed] : read_map(source / "README.md")) {
    if (folder.rfind("stages/", 0) != 0 && folder != "synthetic") continue;
    for (const std::string& target : allowed) EXPECT_NE(target.rfind("stages/", 0), 0U) << folder;
  }
}

TEST(IncludeMap, ABackwardArrowIsFound) {
  const fs::path wrong = fs::path(testing::TempDir()) / "include_map";
  fs::create_directories(wrong / "types");
  std::ofstream(wrong / "types/value.hpp") << "#include \"stages/fit/fit_body.hpp\"\n";
  const IncludeMap map = {{"types", {"numeric"}}};
  EXPECT_EQ(forbidden_includes(wrong, map),
            std::vector<std::string>{"types/value.hpp includes stages/fit/fit_body.hpp"});
  fs::remove_all(wrong);
}
