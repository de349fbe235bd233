#pragma once

#include "cli/option_table.hpp"
#include "stages/acquire/read_recording.hpp"

#include <optional>
#include <string>

namespace matfit {

// The flags that say what a file leaves open: format, sensor, geometry, orientation, units, rate.
// Shared by every command that reads recordings.
class ReadFlags {
 public:
  void declare(OptionTable& options);
  ReadOptions values() const;

 private:
  std::optional<std::string> format_;
  std::optional<std::string> sensor_;
  std::optional<std::string> cells_;
  std::optional<std::string> variable_;
  std::optional<int> rows_;
  std::optional<int> cols_;
  std::optional<double> row_pitch_mm_;
  std::optional<double> col_pitch_mm_;
  std::optional<double> sample_rate_hz_;
  std::string head_end_;
  std::string view_;
  std::string units_;
};

}  // namespace matfit
