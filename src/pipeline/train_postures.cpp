#include "pipeline/train_postures.hpp"

#include "numeric/random.hpp"
#include "pipeline/posture_folds.hpp"
#include "types/error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <utility>

namespace matfit {

namespace {

Provenance provenance_of(const PostureCorpus& corpus, const TrainedPostures& trained,
                         const TrainPosturesOptions& options, const Temperatures& temperatures) {
  std::array<std::size_t, 4> maps{};
  for (const TrainingSample& s : corpus.samples) {
    if (!s.synthetic) ++maps[class_of(s.map.posture)];
  }
  Provenance out = {
      {"made_by", "matfit train"},
      {"command", options.command},
      {"data", options.data.empty() ? "not stated" : options.data},
      {"seed", std::to_string(options.seed)},
      {"people", fmt::format("{}", fmt::join(corpus.subjects, " "))},
      {"excluded_people", options.exclude_subjects.empty()
                              ? "none"
                              : fmt::format("{}", fmt::join(options.exclude_subjects, " "))},
      {"real_maps", fmt::format("{} (supine {}, prone {}, left {}, right {})", trained.real_maps,
                                maps[0], maps[1], maps[2], maps[3])},
      {"synthetic_maps", std::to_string(trained.synthetic_maps)},
      {"holds", "network weights; no recording and no map of a person"},
  };
  if (trained.held_out.empty()) return out;
  out.emplace_back("split", "one person left out at a time; synthetic sleepers always in training");
  std::size_t total = 0;
  std::size_t right = 0;
  std::size_t head = 0;
  std::size_t other_maps = 0;
  std::size_t other_right = 0;
  for (const HeldOutRow& row : trained.held_out) {
    total += row.maps;
    right += row.right;
    head += row.head_end_right;
    other_maps += row.other_mat_maps;
    other_right += row.other_mat_right;
    out.emplace_back(
        "held_out." + row.subject_id,
        fmt::format("posture {} of {} maps, head end {}", row.right, row.maps, row.head_end_right));
  }
  out.emplace_back(
      "held_out",
      fmt::format("posture {} of {} maps ({:.2f} %), head end {}", right, total,
                  100.0 * static_cast<double>(right) / static_cast<double>(total), head));
  out.emplace_back("held_out_other_mats",
                   fmt::format("posture {} of {} maps ({:.2f} %) of the same people, as mats of "
                               "other makes would show them",
                               other_right, other_maps,
                               100.0 * static_cast<double>(other_right) /
                                   static_cast<double>(std::max<std::size_t>(other_maps, 1))));
  out.emplace_back("temperatures", fmt::format("posture {:.3f}, head end {:.3f}, from those maps",
                                               temperatures.posture, temperatures.upright));
  return out;
}

}  // namespace

void TrainPosturesOptions::use_seed(std::uint64_t value) {
  seed = value;
  training.seed = value;
  training.posture.seed = derived_seed(value, 1);
  training.upright.seed = derived_seed(value, 2);
}

PostureCorpus posture_corpus(const std::vector<StudyEntry>& entries,
                             const CalibrationKnowledge& known,
                             const TrainPosturesOptions& options) {
  std::vector<StudyEntry> wanted;
  for (const StudyEntry& e : entries) {
    const auto& excluded = options.exclude_subjects;
    if (std::find(excluded.begin(), excluded.end(), person_of(e)) == excluded.end()) {
      wanted.push_back(e);
    }
  }
  PostureSamples real = posture_samples(wanted, known, options.samples);
  PostureCorpus corpus;
  corpus.unlabelled = std::move(real.unlabelled);
  corpus.failures = std::move(real.failures);
  corpus.samples = std::move(real.samples);
  if (corpus.samples.empty()) {
    throw UsageError(
        "no recording gives a labelled map; fill the column posture of recordings.csv or "
        "/labels/posture");
  }
  if (options.leave_one_subject_out) {
    corpus.by_other_mats =
        posture_samples_by_other_mats(wanted, known, options.seed, options.samples).samples;
  }
  std::set<std::string> subjects;
  for (const TrainingSample& s : corpus.samples) subjects.insert(s.subject_id);
  corpus.subjects.assign(subjects.begin(), subjects.end());
  std::vector<TrainingSample> made =
      synthetic_posture_samples(options.synthetic, options.seed, options.samples);
  std::move(made.begin(), made.end(), std::back_inserter(corpus.samples));
  corpus.features = training_features(corpus.samples, options.training);
  return corpus;
}

PostureModel model_without(const PostureCorpus& corpus, const std::vector<std::string>& held_out,
                           const TrainPosturesOptions& options, const Temperatures& temperatures) {
  std::vector<char> use;
  for (const TrainingSample& s : corpus.samples) {
    use.push_back(s.synthetic ||
                  std::find(held_out.begin(), held_out.end(), s.subject_id) == held_out.end());
  }
  return train_posture_model(corpus.samples, corpus.features, use, options.training, {},
                             temperatures);
}

TrainedPostures train_postures(const std::vector<StudyEntry>& entries,
                               const CalibrationKnowledge& known,
                               const TrainPosturesOptions& options) {
  const PostureCorpus corpus = posture_corpus(entries, known, options);
  TrainedPostures trained;
  trained.unlabelled = corpus.unlabelled;
  trained.failures = corpus.failures;
  for (const TrainingSample& s : corpus.samples) {
    ++(s.synthetic ? trained.synthetic_maps : trained.real_maps);
  }
  Temperatures temperatures;
  if (options.leave_one_subject_out && corpus.subjects.size() > 1) {
    const std::vector<PostureFold> folds = posture_folds(corpus, options);
    std::vector<const PostureFold*> all;
    for (const PostureFold& fold : folds) {
      trained.held_out.push_back(fold.row);
      all.push_back(&fold);
    }
    temperatures = temperatures_of(all);
  }
  const PostureModel model = model_without(corpus, {}, options, temperatures);
  trained.model = {model.registration(), model.posture_networks(), model.upright_networks(),
                   provenance_of(corpus, trained, options, temperatures)};
  return trained;
}

}  // namespace matfit
