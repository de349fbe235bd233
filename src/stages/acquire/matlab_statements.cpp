#include "stages/acquire/matlab_statements.hpp"

#include "stages/acquire/limits.hpp"
#include "stages/acquire/utf8_text.hpp"
#include "types/error.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

using Kind = MatlabVariable::Kind;

const std::vector<std::string> time_names = {"time",      "times",      "t",      "time_s",
                                             "timestamp", "timestamps", "seconds"};
const std::vector<std::string> rate_names = {
    "fs",         "fps",       "sample_rate", "samplerate",     "sampling_rate", "samplingrate",
    "frame_rate", "framerate", "fs_hz",       "sample_rate_hz", "frame_rate_hz"};
const std::vector<std::string> unit_names = {"unit", "units", "pressure_unit", "pressure_units"};
constexpr std::size_t longest_unit = 32;

bool is_vector(const MatlabVariable& variable) {
  return variable.kind == Kind::numbers &&
         std::count_if(variable.shape.begin(), variable.shape.end(),
                       [](std::size_t extent) { return extent != 1; }) == 1;
}

bool is_one_of(const std::string& name, const std::vector<std::string>& names) {
  return std::find(names.begin(), names.end(), lower_case(name)) != names.end();
}

std::string last_part(const std::string& name) { return name.substr(name.rfind('.') + 1); }

}  // namespace

std::optional<std::size_t> MatlabStatements::time_count() const {
  std::optional<std::size_t> count;
  for (const MatlabVariable& variable : file_.variables()) {
    if (!is_vector(variable) || !is_one_of(last_part(variable.name), time_names)) continue;
    if (count) return std::nullopt;
    count = variable.size();
  }
  return count;
}

void MatlabStatements::set_frames(const std::string& variable, std::size_t frames) {
  parent_ = variable.substr(0, variable.rfind('.') + 1);
  frames_ = frames;
}

std::optional<std::size_t> MatlabStatements::named(const std::vector<std::string>& names,
                                                   Kind kind) const {
  for (const std::string& parent : {parent_, std::string()}) {
    for (std::size_t i = 0; i < file_.variables().size(); ++i) {
      const MatlabVariable& variable = file_.variables()[i];
      if (variable.kind == kind && variable.name.starts_with(parent) &&
          is_one_of(variable.name.substr(parent.size()), names)) {
        return i;
      }
    }
  }
  return std::nullopt;
}

std::optional<MatlabTimes> MatlabStatements::times() const {
  const auto found = named(time_names, Kind::numbers);
  if (!found || file_.variables()[*found].size() != frames_ || frames_ < 2) return std::nullopt;
  const std::string place = "variable " + file_.variables()[*found].name;
  std::vector<double> times = file_.read_all(*found);
  const auto [first, last] = std::minmax_element(times.begin(), times.end());
  const double rate_hz = static_cast<double>(times.size() - 1) / (*last - *first);
  if (!std::isfinite(rate_hz)) return MatlabTimes{times, place};
  if (!(rate_hz >= limits::sample_rate_hz.low && rate_hz <= limits::sample_rate_hz.high)) {
    throw InputError({path_, place, number_text(rate_hz) + " frames a second",
                      "times in seconds, not days or milliseconds", "give --sample-rate-hz"});
  }
  const double start = *first;
  for (double& time : times) time -= start;
  return MatlabTimes{times, place};
}

std::optional<double> MatlabStatements::number(const std::vector<std::string>& names) const {
  const auto found = named(names, Kind::numbers);
  if (!found || file_.variables()[*found].size() != 1) return std::nullopt;
  return file_.read_all(*found).front();
}

std::optional<double> MatlabStatements::sample_rate_hz() const {
  const auto rate = number(rate_names);
  if (rate) require_within(*rate, limits::sample_rate_hz, path_, "the sample rate");
  return rate;
}

std::optional<double> MatlabStatements::pitch_m(const std::string& axis) const {
  auto pitch_mm = number({axis + "_pitch_mm"});
  if (!pitch_mm) pitch_mm = number({"pitch_mm", "cell_size_mm"});
  if (!pitch_mm) return std::nullopt;
  require_within(*pitch_mm, limits::pitch_mm, path_, axis + "_pitch_mm");
  return *pitch_mm / 1000.0;
}

std::optional<double> MatlabStatements::row_pitch_m() const { return pitch_m("row"); }
std::optional<double> MatlabStatements::col_pitch_m() const { return pitch_m("col"); }

std::optional<std::string> MatlabStatements::unit() const {
  const auto found = named(unit_names, Kind::text);
  if (!found || file_.variables()[*found].size() > longest_unit) return std::nullopt;
  std::string text;
  for (const double code : file_.read_all(*found)) {
    if (code >= ' ' && code < 127) text += static_cast<char>(code);
  }
  return text;
}

}  // namespace matfit
