#include "pipeline/read_options.hpp"

#include <optional>

namespace matfit {

namespace {

template <typename T>
void override_with(std::optional<T>& value, const std::optional<T>& given) {
  if (given) value = given;
}

}  // namespace

void override_with(ReadOptions& options, const ReadOptions& given) {
  override_with(options.format, given.format);
  override_with(options.rows, given.rows);
  override_with(options.cols, given.cols);
  override_with(options.row_pitch_m, given.row_pitch_m);
  override_with(options.col_pitch_m, given.col_pitch_m);
  override_with(options.head_end, given.head_end);
  override_with(options.view, given.view);
  override_with(options.unit, given.unit);
  override_with(options.sample_rate_hz, given.sample_rate_hz);
  override_with(options.sensor, given.sensor);
}

}  // namespace matfit
