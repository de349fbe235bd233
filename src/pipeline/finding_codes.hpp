#pragma once

#include <array>
#include <string_view>

// The codes of findings across recordings; quality.toml says of each what it affects and means.
namespace matfit::finding_code {

inline constexpr const char* duplicate_recording = "duplicate_recording";
inline constexpr const char* person_disagrees = "person_disagrees";
inline constexpr const char* persons_swapped = "persons_swapped";
inline constexpr const char* masses_disagree = "masses_disagree";
inline constexpr const char* statures_disagree = "statures_disagree";

inline constexpr std::array<std::string_view, 5> all = {
    duplicate_recording, person_disagrees, persons_swapped, masses_disagree, statures_disagree};

}  // namespace matfit::finding_code
