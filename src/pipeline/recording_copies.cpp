#include "pipeline/recording_copies.hpp"

#include <Eigen/Core>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>
#include <utility>

namespace matfit {

namespace {

using Print = Eigen::Array<float, print_rows, print_cols, Eigen::RowMajor>;

constexpr int half_rows = print_rows / 2;
constexpr int half_cols = print_cols / 2;
constexpr Eigen::Index maps_per_block = 256;

// Low pressures count for a little more than in proportion, so that not only the peaks decide; the
// mean is taken off and the length set to 1, so that products are correlations.
Print comparable(const MapPrint& print) {
  Print out;
  for (Eigen::Index i = 0; i < out.size(); ++i) {
    out.data()[i] = std::pow(static_cast<float>(print[static_cast<std::size_t>(i)]), 0.75F);
  }
  out -= out.mean();
  const float length = std::sqrt(out.square().sum());
  return length > 0.0F ? Print(out / length) : Print(Print::Zero());
}

Print turned(const Print& print, bool rows, bool cols) {
  Print out = print;
  if (rows) out = Print(out.colwise().reverse());
  if (cols) out = Print(out.rowwise().reverse());
  return out;
}

// The part that no mirroring changes. Its length is that within the whole print, so that two prints
// are at least as far apart as these.
Eigen::RowVectorXf unmirrored_part(const Print& print) {
  const Print even = 0.25F * (print + turned(print, true, false) + turned(print, false, true) +
                              turned(print, true, true));
  Eigen::RowVectorXf out(half_rows * half_cols);
  for (int r = 0; r < half_rows; ++r) {
    for (int c = 0; c < half_cols; ++c) out(r * half_cols + c) = 2.0F * even(r, c);
  }
  return out;
}

struct Likeness {
  double value = -1.0;
  bool mirrored = false;
};

Likeness likeness(const Print& a, const Print& b) {
  Likeness best;
  for (const bool rows : {false, true}) {
    for (const bool cols : {false, true}) {
      const double value = static_cast<double>((a * turned(b, rows, cols)).sum());
      if (value > best.value) best = {value, rows || cols};
    }
  }
  return best;
}

struct OwnedPrint {
  std::size_t owner = 0;
  Print print;
};

using CopyMap = std::map<std::pair<std::size_t, std::size_t>, RecordingCopy>;

class CopyFinder {
 public:
  CopyFinder(const std::vector<RecordingSummary>& summaries, const StudyLimits& limits)
      : summaries_(summaries), limits_(limits) {
    for (std::size_t i = 0; i < summaries.size(); ++i) {
      for (const MapPrint& map : summaries[i].maps) prints_.push_back({i, comparable(map)});
    }
  }

  std::vector<RecordingCopy> find() {
    compare_maps();
    compare_files();
    std::vector<RecordingCopy> copies;
    for (const auto& [pair, copy] : copies_) copies.push_back(copy);
    return copies;
  }

 private:
  double limit(std::size_t a, std::size_t b) const {
    const RecordingSummary& one = summaries_[a];
    const RecordingSummary& other = summaries_[b];
    const bool same = one.subject_id == other.subject_id && one.mattress_id == other.mattress_id;
    return same ? limits_.same_person_copy_likeness : limits_.copy_likeness;
  }

  void keep(std::size_t a, std::size_t b, const Likeness& found) {
    RecordingCopy& copy = copies_[{a, b}];
    if (copy.second != 0 && copy.likeness >= found.value) return;
    copy = {a, b, false, found.mirrored, found.value};
  }

  void compare_maps() {
    const auto count = static_cast<Eigen::Index>(prints_.size());
    Eigen::MatrixXf parts(count, half_rows * half_cols);
    for (Eigen::Index i = 0; i < count; ++i) {
      parts.row(i) = unmirrored_part(prints_[static_cast<std::size_t>(i)].print);
    }
    const Eigen::VectorXf squares = parts.rowwise().squaredNorm();
    const double least = std::min(limits_.copy_likeness, limits_.same_person_copy_likeness);
    const auto farthest = static_cast<float>(2.0 * (1.0 - least) + 1e-5);
    for (Eigen::Index first = 0; first < count; first += maps_per_block) {
      const Eigen::Index rows = std::min(maps_per_block, count - first);
      const Eigen::Index rest = count - first;
      const Eigen::MatrixXf products =
          parts.middleRows(first, rows) * parts.bottomRows(rest).transpose();
      for (Eigen::Index j = 0; j < rest; ++j) {
        for (Eigen::Index i = 0; i < std::min(rows, j); ++i) {
          if (squares(first + i) + squares(first + j) - 2.0F * products(i, j) <= farthest) {
            compare(static_cast<std::size_t>(first + i), static_cast<std::size_t>(first + j));
          }
        }
      }
    }
  }

  void compare(std::size_t i, std::size_t j) {
    const std::size_t a = prints_[i].owner;
    const std::size_t b = prints_[j].owner;
    if (a == b) return;
    const Likeness found = likeness(prints_[i].print, prints_[j].print);
    if (found.value >= limit(a, b)) keep(a, b, found);
  }

  // Two sensors of one file share its checksum, but not their maps.
  void compare_files() {
    std::map<std::string, std::vector<std::size_t>> by_sum;
    for (std::size_t i = 0; i < summaries_.size(); ++i) {
      if (!summaries_[i].input_sha256.empty()) by_sum[summaries_[i].input_sha256].push_back(i);
    }
    for (const auto& [sum, members] : by_sum) {
      for (std::size_t k = 1; k < members.size(); ++k) {
        const std::size_t a = members[0];
        const std::size_t b = members[k];
        const bool have_maps = !summaries_[a].maps.empty() && !summaries_[b].maps.empty();
        if (have_maps && copies_.count({a, b}) == 0) continue;
        if (!have_maps) keep(a, b, {1.0, false});
        copies_[{a, b}].same_file = true;
      }
    }
  }

  const std::vector<RecordingSummary>& summaries_;
  const StudyLimits& limits_;
  std::vector<OwnedPrint> prints_;
  CopyMap copies_;
};

}  // namespace

std::vector<RecordingCopy> find_copies(const std::vector<RecordingSummary>& summaries,
                                       const StudyLimits& limits) {
  return CopyFinder(summaries, limits).find();
}

}  // namespace matfit
