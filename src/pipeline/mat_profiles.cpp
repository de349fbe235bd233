#include "pipeline/mat_profiles.hpp"

#include "stages/acquire/sha256.hpp"
#include "stages/calibrate/profile_file.hpp"

#include <filesystem>

namespace matfit {

MatProfiles::MatProfiles(const std::vector<StudyEntry>& entries) {
  for (const StudyEntry& entry : entries) {
    if (entry.profile.empty() || by_path_.contains(entry.profile)) continue;
    try {
      by_path_.emplace(entry.profile,
                       std::make_shared<const MatProfile>(read_profile(entry.profile)));
    } catch (const InputError& error) {
      by_path_.emplace(entry.profile, error.fault());
    }
  }
}

std::shared_ptr<const MatProfile> MatProfiles::of(const StudyEntry& entry) const {
  if (entry.profile.empty()) return nullptr;
  const Profile& profile = by_path_.at(entry.profile);
  if (const InputFault* fault = std::get_if<InputFault>(&profile)) throw InputError(*fault);
  return std::get<std::shared_ptr<const MatProfile>>(profile);
}

std::vector<std::pair<std::string, std::string>> profile_sums(
    const std::vector<StudyEntry>& entries) {
  std::map<std::string, std::string> sums;
  for (const StudyEntry& entry : entries) {
    if (sums.contains(entry.profile) || !std::filesystem::is_regular_file(entry.profile)) continue;
    sums.emplace(entry.profile, sha256_of_file(entry.profile));
  }
  return {sums.begin(), sums.end()};
}

}  // namespace matfit
