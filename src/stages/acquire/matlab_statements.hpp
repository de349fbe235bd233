#pragma once

#include "stages/acquire/matlab_file.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace matfit {

// What a MATLAB file says beside the frames, by the variables' names, in any case: those beside the
// frames' own variable (fields of one structure) before those at the top.
// Seconds from the earliest frame, one a frame as the file has them, and which variable says so.
struct MatlabTimes {
  std::vector<double> time_s;
  std::string place;
};

class MatlabStatements {
 public:
  MatlabStatements(MatlabFile& file, std::string path) : file_(file), path_(std::move(path)) {}

  // How many times there are; absent unless exactly one variable is named like times.
  std::optional<std::size_t> time_count() const;

  void set_frames(const std::string& variable, std::size_t frames);
  // InputError where they cannot be seconds.
  std::optional<MatlabTimes> times() const;
  std::optional<double> sample_rate_hz() const;
  std::optional<double> row_pitch_m() const;
  std::optional<double> col_pitch_m() const;
  std::optional<std::string> unit() const;

 private:
  std::optional<std::size_t> named(const std::vector<std::string>& names,
                                   MatlabVariable::Kind kind) const;
  std::optional<double> number(const std::vector<std::string>& names) const;
  std::optional<double> pitch_m(const std::string& axis) const;

  MatlabFile& file_;
  std::string path_;
  std::string parent_;  // "session." of session.frames
  std::size_t frames_ = 0;
};

}  // namespace matfit
