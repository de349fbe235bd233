// Reads bytes as a mat's profile. There is a profile whose JSON reads as itself, or an InputError.

#include "fuzz_input.hpp"

#include "stages/calibrate/profile_file.hpp"
#include "types/error.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

bool matfit::test::accepts(const std::uint8_t* bytes, std::size_t size) {
  try {
    const std::string once = profile_json(read_profile(input_file(bytes, size, "profile.json")));
    const auto* const text = reinterpret_cast<const std::uint8_t*>(once.data());
    const std::string twice =
        profile_json(read_profile(input_file(text, once.size(), "again.json")));
    require(once == twice, "a profile that was read is written as itself");
    return true;
  } catch (const InputError&) {
    return false;
  }
}
