#include "pipeline/learn_mat_from_people.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace matfit {

namespace {

double highest_reading(const std::vector<PersonMap>& maps) {
  double highest = 0.0;
  for (const PersonMap& map : maps) highest = std::max(highest, map.highest_reading);
  return highest;
}

std::vector<PersonMap> divided_by(const Eigen::ArrayXXd& gain, std::vector<PersonMap> maps) {
  for (PersonMap& map : maps) map.reading /= gain;
  return maps;
}

std::string source_of(const PeopleMaps& maps, const LearnedMat& learned) {
  const std::vector<std::string> people = people_in(maps.all);
  std::string text = fmt::format("{} recordings of {} people ({})", maps.recordings, people.size(),
                                 fmt::join(people, ", "));
  text += fmt::format("; gains: {}", learned.pattern.reason);
  text += fmt::format("; response: {}", learned.response.reason);
  text += fmt::format("; creep: {}", learned.creep.reason);
  return text;
}

}  // namespace

LearnedMat learn_mat_from_people(const PeopleMaps& maps, const CalibrationKnowledge& known,
                                 const LearnMatOptions& options) {
  LearnedMat learned;
  MatProfile& profile = learned.profile;
  profile.id = options.id;
  profile.model = maps.model;
  profile.basis = "people";
  profile.unit = maps.unit;
  profile.rows = maps.geometry.rows;
  profile.cols = maps.geometry.cols;

  learned.pattern = prove_fixed_pattern(maps.all, options.pattern);
  if (learned.pattern.decision == PatternDecision::repeats) {
    profile.gain = fit_fixed_pattern(maps.all, options.pattern.fit).gain();
  }
  const double reference_mass_kg = 0.5 * (known.mass_female_kg + known.mass_male_kg);
  const bool divided = profile.gain.size() > 0;
  learned.response =
      learn_response_from_people(divided ? divided_by(profile.gain, maps.flat) : maps.flat,
                                 maps.geometry.cell_area_m2(), reference_mass_kg, options.response);
  if (learned.response.learned) {
    profile.response = learned.response.curve;
    profile.lowest_reading = learned.response.lowest_reading;
    profile.highest_reading = learned.response.highest_reading;
    profile.error = learned.response.error;
  }
  learned.creep = prove_creep(maps.creep, known.load_course.lead, options.creep);
  if (learned.creep.learned) profile.creep = learned.creep.law;
  if (!learned.response.learned) profile.highest_reading = highest_reading(maps.all);
  profile.source = source_of(maps, learned);
  return learned;
}

}  // namespace matfit
