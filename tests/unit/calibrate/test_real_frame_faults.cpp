#include "made_recording.hpp"

#include "stages/acquire/read_recording.hpp"
#include "stages/calibrate/calibrate.hpp"
#include "support/datasets.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace matfit {
namespace {

const CalibrationKnowledge& knowledge() {
  static const CalibrationKnowledge known =
      load_calibration_knowledge(test::project_folder() / "calibration");
  return known;
}

// The first experiment with what calibration makes of it as it is.
struct RealRecording {
  std::string name;
  Recording recording;
  Quality quality;
};

std::vector<RealRecording> first_experiment(const std::filesystem::path& datasets) {
  std::vector<RealRecording> all;
  for (int person = 1; person <= 9; ++person) {
    for (int file = 1; file <= 17; ++file) {
      const std::string name = fmt::format("S{}/{}", person, file);
      Recording recording = read_recording(datasets / "pmatdata/experiment-i" / (name + ".txt"));
      Quality quality = calibrate(recording, knowledge()).quality;
      all.push_back({name, std::move(recording), std::move(quality)});
    }
  }
  return all;
}

bool is_invalid(const Quality& quality, std::size_t frame) {
  return std::any_of(quality.invalid.begin(), quality.invalid.end(),
                     [frame](const InvalidFrame& f) { return f.frame == frame; });
}

// A place in the second half that is sound, with sound neighbours.
Eigen::Index sound_place(const RealRecording& real) {
  std::size_t place = real.recording.size() / 2;
  while (is_invalid(real.quality, place - 1) || is_invalid(real.quality, place) ||
         is_invalid(real.quality, place + 1)) {
    ++place;
  }
  return static_cast<Eigen::Index>(place);
}

using Damage = std::function<void(FrameBlock& frames, Eigen::Index place)>;

// The recordings in which the damaged frame is not found.
std::vector<std::string> missed(const std::vector<RealRecording>& recordings,
                                const Damage& damage) {
  std::vector<std::string> names;
  for (const RealRecording& real : recordings) {
    const Eigen::Index place = sound_place(real);
    const Recording damaged =
        test::with_frames(real.recording, [&](FrameBlock& f) { damage(f, place); });
    const Quality quality = calibrate(damaged, knowledge()).quality;
    if (!is_invalid(quality, static_cast<std::size_t>(place))) names.push_back(real.name);
    // Nothing else is taken for corrupt because of it.
    EXPECT_LE(quality.invalid_frames, real.quality.invalid_frames + 1) << real.name;
  }
  return names;
}

TEST(RealFrameFaults, AreFoundInTheMiddleOfEveryRecording) {
  MATFIT_REAL_RECORDINGS(datasets);
  const std::vector<RealRecording> recordings = first_experiment(datasets);
  ASSERT_EQ(recordings.size(), 153U);

  const auto byte_swapped = [](FrameBlock& frames, Eigen::Index place) {
    frames.row(place) = frames.row(place).unaryExpr(&test::byte_swapped).eval();
  };
  EXPECT_EQ(missed(recordings, byte_swapped), std::vector<std::string>());

  const auto moved_by_half = [](FrameBlock& frames, Eigen::Index place) {
    const FrameBlock kept = frames.row(place);
    const Eigen::Index half = frames.cols() / 2;
    frames.row(place).head(half) = kept.row(0).tail(half);
    frames.row(place).tail(half) = kept.row(0).head(half);
  };
  EXPECT_EQ(missed(recordings, moved_by_half), std::vector<std::string>());
}

std::size_t out_of_order(const Quality& quality) {
  return static_cast<std::size_t>(
      std::count_if(quality.invalid.begin(), quality.invalid.end(),
                    [](const InvalidFrame& f) { return f.reason == "out_of_order"; }));
}

// Frames from the first sound place of the second half on, as many as `most` allows.
FrameBlock sound_frames(const RealRecording& real, Eigen::Index most) {
  const Eigen::Index first = sound_place(real);
  const auto rest = static_cast<Eigen::Index>(real.recording.size()) - first;
  return real.recording.frames->read(static_cast<std::size_t>(first),
                                     static_cast<std::size_t>(std::min(most, rest)));
}

// Each recording goes on with the same person's next one, in another pose; a frame of which stands
// in the middle of the first.
TEST(RealFrameFaults, AFrameOfAnotherPoseIsOutOfOrder) {
  MATFIT_REAL_RECORDINGS(datasets);
  const std::vector<RealRecording> recordings = first_experiment(datasets);
  constexpr std::size_t of_one_person = 17;
  constexpr Eigen::Index most = 40;
  std::size_t found = 0;
  for (std::size_t i = 0; i < recordings.size(); ++i) {
    EXPECT_EQ(out_of_order(recordings[i].quality), 0U) << recordings[i].name;
    const std::size_t person = i / of_one_person * of_one_person;
    const std::size_t next = person + (i + 1 - person) % of_one_person;
    const FrameBlock before = sound_frames(recordings[i], most);
    const FrameBlock after = sound_frames(recordings[next], most);
    FrameBlock frames(before.rows() + after.rows(), before.cols());
    frames << before, after;
    Recording joined = recordings[i].recording;
    joined.time_s.resize(static_cast<std::size_t>(frames.rows()));
    for (std::size_t t = 0; t < joined.time_s.size(); ++t) {
      joined.time_s[t] = static_cast<double>(t);
    }
    joined.frames = std::make_shared<MemoryFrames>(frames);
    EXPECT_EQ(out_of_order(calibrate(joined, knowledge()).quality), 0U) << recordings[i].name;
    const Eigen::Index place = before.rows() / 2;
    const Recording displaced = test::with_frames(joined, [&](FrameBlock& f) {
      f.row(place) = frames.row(before.rows() + after.rows() / 2);
    });
    const Quality quality = calibrate(displaced, knowledge()).quality;
    const std::size_t called = out_of_order(quality);
    EXPECT_LE(called, 1U) << recordings[i].name;
    if (called == 1 && is_invalid(quality, static_cast<std::size_t>(place))) ++found;
  }
  EXPECT_GE(found, recordings.size() * 95 / 100);
}

TEST(RealFrameFaults, RepeatedFramesAreCounted) {
  MATFIT_REAL_RECORDINGS(datasets);
  std::size_t as_they_are = 0;
  for (const RealRecording& real : first_experiment(datasets)) {
    const std::size_t before = real.quality.repeated ? real.quality.repeated->count : 0;
    as_they_are += before;
    const Eigen::Index place = sound_place(real);
    const auto repeats_in = [&](Eigen::Index last) {
      const Recording frozen = test::with_frames(real.recording, [&](FrameBlock& f) {
        for (Eigen::Index t = place + 1; t <= last; ++t) f.row(t) = f.row(place);
      });
      const auto repeated = calibrate(frozen, knowledge()).quality.repeated;
      return repeated ? repeated->count : 0;
    };
    EXPECT_EQ(repeats_in(place + 1), before + 1) << real.name;
    EXPECT_EQ(repeats_in(place + 6), before + 6) << real.name;
  }
  EXPECT_EQ(as_they_are, 0U) << "the sensors' noise lets no frame repeat the one before";
}

}  // namespace
}  // namespace matfit
