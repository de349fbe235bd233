#pragma once

#include "stages/acquire/study.hpp"
#include "types/error.hpp"
#include "types/mat_profile.hpp"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace matfit {

// The mat profiles that entries name, each read once and shared by all workers.
class MatProfiles {
 public:
  explicit MatProfiles(const std::vector<StudyEntry>& entries);

  // Null where the entry names none. InputError where its file is no profile: that recording fails,
  // the others go on.
  std::shared_ptr<const MatProfile> of(const StudyEntry& entry) const;

 private:
  using Profile = std::variant<std::shared_ptr<const MatProfile>, InputFault>;
  std::map<std::string, Profile> by_path_;
};

// Path and SHA-256 of every profile that can be read, by path.
std::vector<std::pair<std::string, std::string>> profile_sums(
    const std::vector<StudyEntry>& entries);

}  // namespace matfit
