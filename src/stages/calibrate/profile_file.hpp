#pragma once

#include "types/mat_profile.hpp"

#include <filesystem>
#include <string>

namespace matfit {

// A profile as a JSON document, "matfit-mat-profile" version 1; read_profile gives it again to the
// last bit.
std::string profile_json(const MatProfile& profile);

// Reads such a file strictly. InputError names the file, the line or the key, and what was
// expected: for JSON that does not parse, an unknown or missing key, a number out of range, a list
// of the wrong length, a curve that does not rise.
MatProfile read_profile(const std::filesystem::path& path);

}  // namespace matfit
