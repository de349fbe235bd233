#include "pipeline/posture_folds.hpp"

#include "pipeline/parallel_outcomes.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace matfit {

namespace {

double upright_log_odds(const PostureModel& model, const LabelledMap& map, bool reversed) {
  return model.upright_log_odds(reversed ? Eigen::ArrayXXd(map.pressure.reverse()) : map.pressure,
                                map.geometry);
}

struct Answer {
  std::size_t truth = 0;
  std::size_t answer = 0;
  Eigen::VectorXd logits;
};

Answer answer_to(const PostureModel& model, const LabelledMap& map) {
  const PostureProbabilities p = model.predict(map.pressure, map.geometry);
  Answer out;
  out.truth = class_of(map.posture);
  out.logits.resize(static_cast<Eigen::Index>(model_postures.size()));
  for (std::size_t k = 0; k < model_postures.size(); ++k) {
    out.logits[static_cast<Eigen::Index>(k)] =
        std::log(std::max(p[static_cast<std::size_t>(model_postures[k])], 1e-30));
  }
  Eigen::Index likeliest = 0;
  out.logits.maxCoeff(&likeliest);
  out.answer = static_cast<std::size_t>(likeliest);
  return out;
}

PostureFold fold_without(const PostureCorpus& corpus, const std::string& subject,
                         const TrainPosturesOptions& options) {
  PostureFold fold;
  fold.model = model_without(corpus, {subject}, options);
  fold.row.subject_id = subject;
  for (const TrainingSample& sample : corpus.samples) {
    if (sample.synthetic || sample.subject_id != subject) continue;
    const Answer answer = answer_to(fold.model, sample.map);
    ++fold.row.maps;
    ++fold.row.confusion[answer.truth][answer.answer];
    if (answer.answer == answer.truth) ++fold.row.right;
    if (upright_log_odds(fold.model, sample.map, false) >
        upright_log_odds(fold.model, sample.map, true)) {
      ++fold.row.head_end_right;
    }
  }
  for (const TrainingSample& sample : corpus.by_other_mats) {
    if (sample.subject_id != subject) continue;
    Answer answer = answer_to(fold.model, sample.map);
    ++fold.row.other_mat_maps;
    if (answer.answer == answer.truth) ++fold.row.other_mat_right;
    fold.posture.add(std::move(answer.logits), static_cast<int>(answer.truth));
    for (const bool reversed : {false, true}) {
      const double odds = upright_log_odds(fold.model, sample.map, reversed);
      fold.upright.add(Eigen::Vector2d(0.0, odds), reversed ? 0 : 1);
    }
  }
  return fold;
}

double temperature_of(const std::vector<const PostureFold*>& folds,
                      HeldOutAnswers PostureFold::*question) {
  std::vector<int> classes;
  std::vector<Eigen::VectorXd> answers;
  for (const PostureFold* fold : folds) {
    const HeldOutAnswers& held_out = fold->*question;
    classes.insert(classes.end(), held_out.classes.begin(), held_out.classes.end());
    answers.insert(answers.end(), held_out.logits.begin(), held_out.logits.end());
  }
  if (answers.empty()) return 1.0;
  Eigen::MatrixXd logits(answers.front().size(), static_cast<Eigen::Index>(answers.size()));
  for (std::size_t i = 0; i < answers.size(); ++i) {
    logits.col(static_cast<Eigen::Index>(i)) = answers[i];
  }
  return fitted_temperature(logits, classes);
}

PostureModel with_temperatures(const PostureModel& model, const Temperatures& temperatures) {
  NetworkEnsemble posture = model.posture_networks();
  NetworkEnsemble upright = model.upright_networks();
  posture.temperature = temperatures.posture;
  upright.temperature = temperatures.upright;
  return {model.registration(), std::move(posture), std::move(upright), model.provenance()};
}

}  // namespace

void HeldOutAnswers::add(Eigen::VectorXd answer, int truth) {
  logits.push_back(std::move(answer));
  classes.push_back(truth);
}

std::vector<PostureFold> posture_folds(const PostureCorpus& corpus,
                                       const TrainPosturesOptions& options) {
  std::vector<PostureFold> folds(corpus.subjects.size());
  for_each_in_parallel(
      folds.size(), options.samples.jobs, "leaving one person out", options.samples.progress,
      [&](std::size_t i) { folds[i] = fold_without(corpus, corpus.subjects[i], options); });
  return folds;
}

Temperatures temperatures_of(const std::vector<const PostureFold*>& folds) {
  return {temperature_of(folds, &PostureFold::posture),
          temperature_of(folds, &PostureFold::upright)};
}

std::map<std::string, PostureModel> models_leaving_one_out(const std::vector<PostureFold>& folds) {
  std::map<std::string, PostureModel> models;
  for (const PostureFold& fold : folds) {
    std::vector<const PostureFold*> others;
    for (const PostureFold& other : folds) {
      if (&other != &fold) others.push_back(&other);
    }
    models[fold.row.subject_id] = with_temperatures(fold.model, temperatures_of(others));
  }
  return models;
}

std::map<std::string, PostureModel> models_leaving_one_out(const PostureCorpus& corpus,
                                                           const TrainPosturesOptions& options) {
  return models_leaving_one_out(posture_folds(corpus, options));
}

}  // namespace matfit
