#include "stages/calibrate/root_frames.hpp"

#include <algorithm>
#include <functional>
#include <vector>

namespace matfit {

namespace {

constexpr std::size_t frames_per_block = 64;
constexpr Eigen::Index lines_per_faulty_line = 24;

using Map = Eigen::Array<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// The lines that hold most of the squares.
std::vector<Eigen::Index> largest_lines(const Eigen::ArrayXf& sums) {
  std::vector<Eigen::Index> lines(static_cast<std::size_t>(sums.size()));
  for (std::size_t i = 0; i < lines.size(); ++i) lines[i] = static_cast<Eigen::Index>(i);
  const auto most = std::max<Eigen::Index>(1, sums.size() / lines_per_faulty_line);
  std::partial_sort(lines.begin(), lines.begin() + most, lines.end(),
                    [&](Eigen::Index a, Eigen::Index b) { return sums[a] > sums[b]; });
  lines.resize(static_cast<std::size_t>(most));
  return lines;
}

}  // namespace

RootFrames::RootFrames(const Recording& recording, double unloaded)
    : recording_(recording), unloaded_(static_cast<float>(unloaded)) {}

RootFrames::Block& RootFrames::block(std::size_t number) {
  const auto held = std::find_if(blocks_.begin(), blocks_.end(),
                                 [number](const Block& b) { return b.number == number; });
  if (held != blocks_.end()) return *held;
  Block& oldest = *std::min_element(blocks_.begin(), blocks_.end(),
                                    [](auto& a, auto& b) { return a.used < b.used; });
  const std::size_t first = number * frames_per_block;
  const std::size_t count = std::min(frames_per_block, recording_.size() - first);
  oldest.number = number;
  oldest.roots = recording_.frames->read(first, count);
  oldest.roots = oldest.roots.isFinite().select(oldest.roots, unloaded_);
  oldest.roots = (oldest.roots - unloaded_).max(0.0F).sqrt();
  return oldest;
}

Eigen::ArrayXf RootFrames::cells(std::size_t frame) {
  Block& held = block(frame / frames_per_block);
  held.used = ++uses_;
  return held.roots.row(static_cast<Eigen::Index>(frame % frames_per_block)).transpose();
}

double spread_square(const Eigen::ArrayXf& difference, const MatGeometry& geometry) {
  Map squares = Eigen::Map<const Map>(difference.data(), geometry.rows, geometry.cols).square();
  for (const Eigen::Index row : largest_lines(squares.rowwise().sum())) squares.row(row) = 0.0F;
  for (const Eigen::Index col : largest_lines(squares.colwise().sum().transpose())) {
    squares.col(col) = 0.0F;
  }
  return squares.sum();
}

}  // namespace matfit
