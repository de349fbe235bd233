// Reads bytes as recordings/ID.json. There is a result whose JSON reads as itself, or an
// InputError.

#include "fuzz_input.hpp"

#include "stages/write/results.hpp"
#include "types/error.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace {

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

bool matfit::test::accepts(const std::uint8_t* bytes, std::size_t size) {
  const std::filesystem::path folder = test::input_folder();
  const std::filesystem::path no_arrays = folder / "none.h5";
  try {
    const auto given = read_recording_result(test::input_file(bytes, size, "a.json"), no_arrays);
    write_recording_json(given, folder / "b.json");
    write_recording_json(read_recording_result(folder / "b.json", no_arrays), folder / "c.json");
    test::require(bytes_of(folder / "b.json") == bytes_of(folder / "c.json"),
                  "a result that was read is written as itself");
    return true;
  } catch (const InputError&) {
    return false;
  }
}
