#include "stages/calibrate/context_faults.hpp"

#include "numeric/statistics.hpp"
#include "stages/calibrate/frame_comparison.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace matfit {

namespace {

constexpr double slowest_interval_s = 2.0;  // a person can come or go between slower frames
constexpr double unlike = 0.93;             // correlation of neighbours under which the map broke
constexpr double load_break = 0.15;         // relative step of the load that breaks
constexpr double low_load = 0.10;           // of the recording's level: too little to correlate
constexpr std::size_t longest_fault = 5;    // frames
constexpr std::size_t steady = 3;           // frames

// Consecutive usable frames without a break; indices into the recording.
struct Stretch {
  std::vector<std::size_t> frame;
  std::size_t size() const { return frame.size(); }
};

class Search {
 public:
  Search(const Recording& recording, const std::vector<FrameStatistics>& frames,
         std::vector<std::uint8_t> usable, const std::vector<InvalidFrame>& corrupt,
         double background, double noise)
      : recording_(recording),
        frames_(frames),
        usable_(std::move(usable)),
        corrupt_(frames.size(), 0),
        cells_(recording.mat.geometry.cells()),
        background_(background),
        noise_(noise) {
    for (const InvalidFrame& fault : corrupt) corrupt_[fault.frame] = 1;
    std::vector<double> loads;
    for (std::size_t i = 0; i < frames.size(); ++i) {
      if (usable_[i] != 0) loads.push_back(load(i));
    }
    level_ = loads.empty() ? 0.0 : quantile(std::move(loads), 0.9);
    const std::size_t n = recording.time_s.size();
    fast_ = n >= 2 &&
            (recording.time_s.back() - recording.time_s.front()) / static_cast<double>(n - 1) <=
                slowest_interval_s;
  }

  // Right to left, so that a fault next to a fault is seen beside the steady frames that follow;
  // again while something was found, since its neighbours then have other neighbours.
  std::vector<InvalidFrame> run() {
    bool changed = true;
    while (changed) {
      changed = false;
      const std::vector<Stretch> stretches = split();
      bool right_neighbour_changed = false;
      for (std::size_t k = stretches.size(); k-- > 0;) {
        const bool skip = std::exchange(right_neighbour_changed, false);
        if (skip || stretches[k].size() > longest_fault) continue;
        const std::size_t before = found_.size();
        judge(stretches, k);
        right_neighbour_changed = found_.size() > before;
        changed = changed || right_neighbour_changed;
      }
    }
    std::sort(found_.begin(), found_.end(),
              [](const InvalidFrame& a, const InvalidFrame& b) { return a.frame < b.frame; });
    return std::move(found_);
  }

 private:
  double load(std::size_t i) const {
    return frames_[i].sum - background_ * static_cast<double>(cells_);
  }

  bool breaks(std::size_t from, std::size_t to) const {
    const double a = load(from);
    const double b = load(to);
    const bool stepped = std::abs(a - b) > load_break * std::max(a, b);
    if (to != from + 1) {
      if (std::max(a, b) < low_load * level_) return std::abs(a - b) > 0.5 * std::max(a, b);
      return stepped || !(likeness(cells_of(from), cells_of(to)) >= unlike);
    }
    if (std::max(a, b) < low_load * level_) return false;
    return stepped || !(frames_[to].likeness_to_previous >= unlike);
  }

  std::vector<Stretch> split() const {
    std::vector<Stretch> out;
    std::optional<std::size_t> last;
    for (std::size_t i = 0; i < frames_.size(); ++i) {
      if (usable_[i] == 0) continue;
      if (!last || breaks(*last, i)) out.emplace_back();
      out.back().frame.push_back(i);
      last = i;
    }
    return out;
  }

  Eigen::ArrayXf cells_of(std::size_t i) const {
    Eigen::ArrayXf cells = recording_.frames->read(i, 1).row(0).transpose();
    cells = cells.isFinite().select(cells, static_cast<float>(background_));
    return cells - static_cast<float>(background_);
  }

  // A logger that slipped does so for some frames.
  bool near_a_corrupt_frame(const Stretch& s) const {
    const std::size_t from = s.frame.front() - std::min(s.frame.front(), longest_fault);
    const std::size_t to = std::min(s.frame.back() + 1 + longest_fault, corrupt_.size());
    const auto at = [this](std::size_t i) {
      return corrupt_.begin() + static_cast<std::ptrdiff_t>(i);
    };
    return std::find(at(from), at(to), 1) != at(to);
  }

  void reject(std::size_t i, const std::string& reason) {
    found_.push_back({i, reason});
    usable_[i] = 0;
    corrupt_[i] = 1;
  }

  // One or two frames with less than half of a load that is there at once and stays.
  bool starts_up(const Stretch& s, std::size_t next) const {
    constexpr int frames_of_proof = 5;
    if (!fast_ || s.size() > 2) return false;
    int proved = 0;
    double least = std::numeric_limits<double>::infinity();
    double most = 0.0;
    for (std::size_t i = next; i < usable_.size() && proved < frames_of_proof; ++i) {
      if (usable_[i] == 0) continue;
      least = std::min(least, load(i));
      most = std::max(most, load(i));
      ++proved;
    }
    const bool stays = proved == frames_of_proof && least > 0.0 && least > 0.7 * most;
    return stays && std::all_of(s.frame.begin(), s.frame.end(),
                                [&](std::size_t i) { return load(i) < 0.5 * least; });
  }

  void judge(const std::vector<Stretch>& all, std::size_t k) {
    const Stretch& s = all[k];
    std::optional<std::size_t> previous;
    std::optional<std::size_t> next;
    if (k > 0 && all[k - 1].size() >= steady) previous = all[k - 1].frame.back();
    if (k + 1 < all.size() && all[k + 1].size() >= steady) next = all[k + 1].frame.front();
    const bool first = k == 0;
    if (first && k + 1 < all.size() && starts_up(s, all[k + 1].frame.front())) {
      for (const std::size_t i : s.frame) reject(i, "start_up");
      return;
    }
    if (!previous && !next) return;
    constexpr std::size_t none = static_cast<std::size_t>(-1);
    if (!judged_.insert({s.frame.front(), previous.value_or(none), next.value_or(none)}).second) {
      return;
    }
    std::vector<Eigen::ArrayXf> references;
    double highest_load = 0.0;
    for (const auto& r : {next, previous}) {
      if (!r) continue;
      references.push_back(cells_of(*r));
      highest_load = std::max(highest_load, load(*r));
    }
    const bool same_before_and_after =
        references.size() == 2 && likeness(references[0], references[1]) >= 0.97 &&
        std::abs(load(*next) - load(*previous)) <= 0.1 * highest_load;
    const std::size_t frames_after = next ? all[k + 1].size() : 0;
    for (const std::size_t i : s.frame) {
      const std::string reason =
          reason_for(i, s, references, highest_load, first, same_before_and_after, frames_after);
      if (reason.empty()) continue;
      reject(i, reason);
    }
  }

  std::string reason_for(std::size_t i, const Stretch& s,
                         const std::vector<Eigen::ArrayXf>& references, double highest_load,
                         bool first, bool same_before_and_after, std::size_t frames_after) const {
    const Eigen::ArrayXf cells = cells_of(i);
    const double of_neighbours = load(i) / highest_load;
    const bool brief = s.size() <= 2;
    if (highest_load < low_load * level_) return "";  // too little on either to compare
    if (brief && of_neighbours > 2.5) return "surge";
    const bool at_an_edge = references.size() == 1 && (first || frames_after == 0);
    const bool settled = same_before_and_after || at_an_edge;
    for (const Eigen::ArrayXf& reference : references) {
      if (!settled && !near_a_corrupt_frame(s)) break;
      const HalfShifts shift = best_half_shifts(cells, reference);
      const bool far = 4 * std::min(std::abs(shift.first), std::abs(shift.second)) >= cells_;
      // Nobody slides along the mat and back within two frames.
      const bool there_and_back = fast_ && brief && same_before_and_after && references.size() == 2;
      const bool whole = shift.first == shift.second && shift.first != 0;
      if (shift.likeness >= 0.97 && shift.likeness > shift.unshifted_likeness + 0.03 &&
          (far || near_a_corrupt_frame(s) || (there_and_back && whole))) {
        return "shifted";
      }
      if (settled && is_torn(cells, reference, noise_)) return "torn";
    }
    if (!fast_ || !brief) return "";
    if (!same_before_and_after) return "";
    if (of_neighbours < 0.1) return "dropout";
    if (std::all_of(references.begin(), references.end(),
                    [&](auto& r) { return is_of_two(cells, r); })) {
      return "torn";
    }
    const bool unlike_both = std::all_of(references.begin(), references.end(), [&](auto& r) {
      return compressed_likeness(cells, r) < 0.7;
    });
    return unlike_both ? "glitch" : "";
  }

  const Recording& recording_;
  const std::vector<FrameStatistics>& frames_;
  std::vector<std::uint8_t> usable_;
  std::vector<std::uint8_t> corrupt_;
  int cells_;
  double background_;
  double noise_;
  double level_ = 0.0;  // 90th percentile of the load
  bool fast_ = false;
  std::vector<InvalidFrame> found_;
  std::set<std::array<std::size_t, 3>> judged_;  // first frame, frame before, frame after
};

}  // namespace

std::vector<InvalidFrame> context_faults(const Recording& recording,
                                         const std::vector<FrameStatistics>& frames,
                                         const std::vector<std::uint8_t>& usable,
                                         const std::vector<InvalidFrame>& corrupt,
                                         double background, double noise) {
  return Search(recording, frames, usable, corrupt, background, noise).run();
}

}  // namespace matfit
