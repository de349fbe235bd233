#include "pmatdata_study.hpp"

#include "pipeline/gather.hpp"
#include "support/datasets.hpp"
#include "support/temporary_folder.hpp"

#include <cstdlib>

namespace matfit::test {

std::vector<StudyEntry> pmatdata_study(const std::filesystem::path& datasets,
                                       const std::string& experiment) {
  const TemporaryFolder folder;
  const std::string make = (project_folder() / "scripts/pmatdata_study").string() + " '" +
                           datasets.string() + "' '" + folder.path().string() +
                           "' > /dev/null 2>&1";
  if (std::system(make.c_str()) != 0) return {};
  return gather_entries({{folder.path() / experiment}, {}, {}, {}}).entries;
}

}  // namespace matfit::test
