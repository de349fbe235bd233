// Stands in for libFuzzer: gives every file of the folders named to the program's reader, as it is
// and then damaged in seeded ways, so that the corpus is replayed in the tests of any compiler. A
// file that is refused as it is fails the replay: damage to it would be damage to nothing. What a
// fuzzer once found stands in folders named "found"; it may be refused and is replayed only as it
// is.

#include "fuzz_input.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

namespace {

using Bytes = std::vector<std::uint8_t>;
using Random = std::mt19937_64;

constexpr int damaged_copies = 40;

std::size_t below(Random& random, std::size_t count) { return count == 0 ? 0 : random() % count; }

void damage(Bytes& bytes, Random& random) {
  const std::size_t place = below(random, bytes.size());
  const auto at = bytes.begin() + static_cast<std::ptrdiff_t>(place);
  const std::size_t length = std::min<std::size_t>(1 + below(random, 64), bytes.size() - place);
  const auto end = at + static_cast<std::ptrdiff_t>(length);
  constexpr std::uint8_t tokens[] = {'0', '9', '-', ',', ';', '.', '"', '\n', '\t', 'e', 0, 255};
  switch (below(random, 6)) {
    case 0: bytes.resize(place); break;
    case 1: bytes.erase(at, end); break;
    case 2: bytes.insert(at, tokens[below(random, std::size(tokens))]); break;
    case 3: {
      const Bytes again(at, end);
      bytes.insert(at, again.begin(), again.end());
      break;
    }
    case 4:
      if (!bytes.empty()) *at ^= static_cast<std::uint8_t>(1U << below(random, 8));
      break;
    default:
      if (!bytes.empty()) *at = tokens[below(random, std::size(tokens))];
  }
}

// Whether the file was accepted where it must be.
bool replay(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  const Bytes whole{std::istreambuf_iterator<char>(in), {}};
  std::fprintf(stderr, "%s\n", path.filename().c_str());
  const bool accepted = matfit::test::accepts(whole.data(), whole.size());
  if (path.parent_path().filename() == "found") return true;
  Random random(whole.size());
  for (int copy = 0; copy < damaged_copies; ++copy) {
    Bytes bytes = whole;
    for (int i = 0; i <= copy % 3; ++i) damage(bytes, random);
    matfit::test::accepts(bytes.data(), bytes.size());
  }
  if (!accepted) std::fprintf(stderr, "%s: refused as it is\n", path.c_str());
  return accepted;
}

}  // namespace

int main(int count, char** words) {
  std::vector<std::filesystem::path> files;
  for (int i = 1; i < count; ++i) {
    if (!std::filesystem::is_directory(words[i])) {
      files.emplace_back(words[i]);
      continue;
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(words[i])) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  if (files.empty()) {
    std::fprintf(stderr, "no file to replay\n");
    return EXIT_FAILURE;
  }
  bool all_accepted = true;
  for (const std::filesystem::path& file : files) all_accepted = replay(file) && all_accepted;
  return all_accepted ? EXIT_SUCCESS : EXIT_FAILURE;
}
