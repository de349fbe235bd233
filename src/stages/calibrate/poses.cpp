#include "stages/calibrate/poses.hpp"

namespace matfit {

namespace {

Survey part_of(const Survey& all, Eigen::Index first, Eigen::Index count) {
  Survey part;
  part.frames = all.frames.middleRows(first, count);
  part.number.assign(all.number.begin() + first, all.number.begin() + first + count);
  part.median = cell_medians(part.frames);
  return part;
}

}  // namespace

std::vector<Survey> poses_of(const Survey& loaded, const Eigen::ArrayXf& background,
                             double turn_change) {
  std::vector<Survey> poses;
  const Eigen::Index frames = loaded.frames.rows();
  const auto differ = [&](Eigen::Index a, Eigen::Index b) {
    const Eigen::ArrayXf of_a = (loaded.frames.row(a).transpose() - background).max(0.0F);
    const Eigen::ArrayXf of_b = (loaded.frames.row(b).transpose() - background).max(0.0F);
    const float load = 0.5F * (of_a.sum() + of_b.sum());
    return (of_a - of_b).abs().sum() > static_cast<float>(turn_change) * load;
  };
  Eigen::Index first = 0;
  for (Eigen::Index t = 1; t <= frames; ++t) {
    if (t < frames && !differ(first, t)) continue;
    if (t - first > 1 || frames == 1) poses.push_back(part_of(loaded, first, t - first));
    first = t;
  }
  return poses;
}

std::vector<DefectMap> maps_of_poses(const DefectEvidence& evidence, const Defects& defects) {
  std::vector<DefectMap> maps;
  for (const Survey& pose : poses_of(*evidence.loaded, evidence.background)) {
    DefectEvidence of_pose = evidence;
    of_pose.loaded = &pose;
    maps.push_back(sound_map(of_pose, defects));
  }
  return maps;
}

}  // namespace matfit
