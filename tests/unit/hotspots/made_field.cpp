#include "made_field.hpp"

#include "numeric/random.hpp"

#include <algorithm>
#include <cmath>

namespace matfit::test {

PressureField made_field(const std::vector<Mound>& mounds, double pitch_m, double noise_pa,
                         unsigned seed) {
  Random random(seed);
  PressureField field;
  field.geometry = {64, 32, pitch_m, pitch_m};
  field.pressure_pa = Eigen::ArrayXXd::Zero(64, 32);
  field.sd_pa = Eigen::ArrayXXd::Constant(64, 32, std::max(noise_pa, 1.0));
  field.repaired.setConstant(64, 32, false);
  for (int r = 0; r < 64; ++r) {
    for (int c = 0; c < 32; ++c) {
      const Eigen::Vector2d at_m((c + 0.5) * pitch_m, (r + 0.5) * pitch_m);
      for (const Mound& m : mounds) {
        const double z = (at_m - m.at_m).norm() / m.sigma_m;
        field.pressure_pa(r, c) += m.top_pa * std::exp(-0.5 * z * z);
      }
      if (noise_pa > 0.0) field.pressure_pa(r, c) += random.normal(0.0, noise_pa);
    }
  }
  field.pressure_pa = field.pressure_pa.max(0.0);
  return field;
}

PressureSeries made_series(const PressureField& field, const std::vector<double>& share) {
  PressureSeries series;
  series.geometry = field.geometry;
  series.repaired = field.repaired;
  const FrameBlock one = field.pressure_pa.cast<float>().reshaped<Eigen::RowMajor>().transpose();
  FrameBlock frames(static_cast<Eigen::Index>(share.size()), one.cols());
  for (std::size_t i = 0; i < share.size(); ++i) {
    frames.row(static_cast<Eigen::Index>(i)) = static_cast<float>(share[i]) * one.row(0);
    series.time_s.push_back(static_cast<double>(i));
  }
  series.frames_pa = std::make_shared<MemoryFrames>(std::move(frames));
  series.valid.assign(share.size(), 1);
  series.load_n.assign(share.size(), 0.0);
  return series;
}

}  // namespace matfit::test
