#include "numeric/random.hpp"
#include "pipeline/recording_copies.hpp"
#include "stages/acquire/read_recording.hpp"
#include "stages/calibrate/calibrate.hpp"
#include "support/datasets.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace matfit {
namespace {

namespace fs = std::filesystem;

struct Named {
  fs::path path;
  std::string subject;
  std::string mattress;
};

std::vector<Named> recordings_of(const fs::path& experiment) {
  std::vector<Named> out;
  for (const auto& entry : fs::recursive_directory_iterator(experiment)) {
    if (entry.path().extension() != ".txt") continue;
    const fs::path relative = entry.path().lexically_relative(experiment);
    const bool has_mattress = std::distance(relative.begin(), relative.end()) == 3;
    out.push_back({entry.path(), relative.begin()->string(),
                   has_mattress ? std::next(relative.begin())->string() : "M"});
  }
  std::sort(out.begin(), out.end(), [](const Named& a, const Named& b) { return a.path < b.path; });
  return out;
}

// The summary of a recording's mean map; posture and body do not matter to copies.
RecordingSummary summary_of(const Recording& recording, const std::string& subject,
                            const std::string& mattress) {
  static const CalibrationKnowledge known =
      load_calibration_knowledge(test::project_folder() / "calibration");
  static const Anthropometry anthropometry =
      load_anthropometry(test::project_folder() / "calibration/anthropometry.toml");
  const PressureSeries series = calibrate(recording, known);
  RecordingResult result;
  result.recording_id = recording.path;
  result.subject_id = subject;
  result.mattress_id = mattress;
  result.mat = recording.mat;
  BoutResult bout;
  bout.bout.posture = Posture::unknown;
  bout.field = mean_field(series, 0, series.size(), series.orientation);
  result.bouts.push_back(std::move(bout));
  return summarise_recording(result, anthropometry);
}

std::vector<RecordingSummary> summaries_of(const std::vector<Named>& recordings) {
  std::vector<RecordingSummary> out;
  for (const Named& r : recordings) {
    out.push_back(summary_of(read_recording(r.path), r.subject, r.mattress));
  }
  return out;
}

Recording with_frames(Recording recording, const FrameBlock& frames) {
  recording.frames = std::make_shared<MemoryFrames>(frames);
  recording.time_s.resize(static_cast<std::size_t>(frames.rows()));
  return recording;
}

// As another program might have written it.
Recording exported_again(const Recording& recording, std::size_t index) {
  const std::size_t count = recording.size();
  Random random(derived_seed(21, index));
  switch (index % 4) {
    case 0: {  // other unit and offset
      const FrameBlock frames = recording.frames->read(0, count);
      return with_frames(recording, (1.7F * frames + 20.0F).round());
    }
    case 1: {  // cut shorter at both ends
      const std::size_t cut = count / 4;
      return with_frames(recording, recording.frames->read(cut, count - 2 * cut));
    }
    case 2: {  // mirrored
      FrameBlock frames = recording.frames->read(0, count);
      const MatGeometry& g = recording.mat.geometry;
      for (Eigen::Index t = 0; t < frames.rows(); ++t) {
        for (int r = 0; r < g.rows; ++r) {
          const Eigen::Index first = static_cast<Eigen::Index>(r) * g.cols;
          const Eigen::ArrayXXf row = frames.block(t, first, 1, g.cols);
          frames.block(t, first, 1, g.cols) = row.rowwise().reverse();
        }
      }
      return with_frames(recording, frames);
    }
    default: {  // noise of 2 % of the highest reading that is usual
      FrameBlock frames = recording.frames->read(0, count);
      std::vector<float> last(frames.cols());
      for (Eigen::Index c = 0; c < frames.cols(); ++c) {
        last[static_cast<std::size_t>(c)] = frames(frames.rows() - 1, c);
      }
      std::sort(last.begin(), last.end());
      const double sd = 0.02 * last[last.size() * 98 / 100];
      for (Eigen::Index i = 0; i < frames.size(); ++i) {
        const double value = frames.data()[i] + random.normal(0.0, sd);
        frames.data()[i] = static_cast<float>(std::round(std::max(0.0, value)));
      }
      return with_frames(recording, frames);
    }
  }
}

// No two of the experiment's recordings are one; of each, a copy under another name is found.
void expect_copies_and_nothing_else(const fs::path& experiment, std::size_t every) {
  const std::vector<Named> recordings = recordings_of(experiment);
  std::vector<RecordingSummary> summaries = summaries_of(recordings);
  for (const RecordingCopy& copy : find_copies(summaries, {})) {
    ADD_FAILURE() << recordings[copy.first].path << " and " << recordings[copy.second].path << " "
                  << copy.likeness;
  }
  const std::size_t originals = summaries.size();
  std::vector<std::size_t> original_of;
  for (std::size_t i = 0; i < originals; i += every) {
    const Recording again = exported_again(read_recording(recordings[i].path), i / every);
    summaries.push_back(summary_of(again, "somebody else", recordings[i].mattress));
    original_of.push_back(i);
  }
  std::vector<int> found(original_of.size(), 0);
  for (const RecordingCopy& copy : find_copies(summaries, {})) {
    ASSERT_GE(copy.second, originals);
    const std::size_t k = copy.second - originals;
    if (copy.first == original_of[k]) {
      found[k] = 1;
    } else {
      // A near repeat of the original in the same person's recordings may look like its copy too.
      ASSERT_LT(copy.first, originals);
      EXPECT_EQ(recordings[copy.first].subject, recordings[original_of[k]].subject)
          << recordings[copy.first].path << " " << recordings[original_of[k]].path;
    }
  }
  // A corrupt frame whose bytes no longer look swapped once they were rescaled may spoil a mean
  // map.
  EXPECT_GE(std::count(found.begin(), found.end(), 1),
            static_cast<std::ptrdiff_t>(found.size() * 95 / 100));
}

TEST(PmatDataCopies, AreFoundInTheFirstExperiment) {
  MATFIT_REAL_RECORDINGS(datasets);
  expect_copies_and_nothing_else(datasets / "pmatdata/experiment-i", 3);
}

TEST(PmatDataCopies, AreFoundInTheSecondExperiment) {
  MATFIT_REAL_RECORDINGS(datasets);
  expect_copies_and_nothing_else(datasets / "pmatdata/experiment-ii", 5);
}

}  // namespace
}  // namespace matfit
