#pragma once

#include "support/temporary_folder.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace matfit::test {

// One program's reader on one input: whether it reads it. What is no input of its kind must give
// one of the project's two errors; anything else ends the program.
bool accepts(const std::uint8_t* bytes, std::size_t size);

// Ends the program, which is how a fuzzer notices.
inline void require(bool holds, const char* promise) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", promise);
  std::abort();
}

// A folder of this process, for the files that an input becomes.
inline std::filesystem::path input_folder() {
  static const TemporaryFolder folder;
  return folder.path();
}

inline std::filesystem::path input_file(const std::uint8_t* bytes, std::size_t size,
                                        const char* name) {
  const std::filesystem::path path = input_folder() / name;
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(reinterpret_cast<const char*>(bytes), static_cast<std::streamsize>(size));
  return path;
}

}  // namespace matfit::test
