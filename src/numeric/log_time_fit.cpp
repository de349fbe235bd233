#include "numeric/log_time_fit.hpp"

#include "numeric/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace matfit {

namespace {

constexpr double least_factor = 0.05;  // the log-time course is not followed below it
// Per e-fold of time: no sensor or foam changes as fast, so a lead that asks for it is ruled out.
constexpr double most_rate = 0.3;
constexpr double least_scatter = 2e-4;  // points are means of whole numbers
constexpr double most_lead_s = 600.0;
constexpr int leads = 90;

struct Course {
  std::vector<double> log_time;
  std::vector<double> log_value;
  std::vector<std::size_t> run;
  std::size_t runs = 0;

  std::size_t size() const { return log_time.size(); }
};

Course course_of(const std::vector<LogTimeRun>& runs, double lead_s) {
  Course course;
  course.runs = runs.size();
  for (std::size_t j = 0; j < runs.size(); ++j) {
    for (const LogTimePoint& point : runs[j]) {
      course.log_time.push_back(std::log(std::max(1.0, point.elapsed_s + lead_s)));
      course.log_value.push_back(std::log(point.value));
      course.run.push_back(j);
    }
  }
  return course;
}

// Less its run's weighted mean, for each point.
std::vector<double> centred(const std::vector<double>& values, const std::vector<double>& weights,
                            const Course& course) {
  std::vector<double> sum(course.runs, 0.0);
  std::vector<double> weight(course.runs, 0.0);
  for (std::size_t i = 0; i < values.size(); ++i) {
    sum[course.run[i]] += weights[i] * values[i];
    weight[course.run[i]] += weights[i];
  }
  std::vector<double> out(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t j = course.run[i];
    out[i] = values[i] - (weight[j] > 0.0 ? sum[j] / weight[j] : 0.0);
  }
  return out;
}

double scatter_of(const std::vector<double>& residuals) {
  std::vector<double> size;
  for (const double r : residuals) size.push_back(std::abs(r));
  return std::max(least_scatter, 1.4826 * median(std::move(size)));
}

// Growth relative to the level at the middle of the points, where it is best known.
struct Solution {
  double middle = 0.0;  // log time
  double growth = 0.0;
  double information = 0.0;  // weighted sum of squares of the gradient
  std::vector<double> weights;
  std::vector<double> residuals;
  double scatter = 0.0;
};

// Gauss-Newton with Cauchy weights; the levels follow from the rate.
Solution solve(const Course& course) {
  constexpr int rounds = 25;
  constexpr double tail = 2.4;  // Cauchy: 95 % efficient for Gaussian scatter
  Solution s;
  s.middle = mean(course.log_time);
  s.weights.assign(course.size(), 1.0);
  std::vector<double> ahead(course.size());
  std::vector<double> slope(course.size());
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < course.size(); ++i) {
      const double from_middle = course.log_time[i] - s.middle;
      const double factor = std::max(least_factor, 1.0 + s.growth * from_middle);
      ahead[i] = course.log_value[i] - std::log(factor);
      slope[i] = from_middle / factor;
    }
    s.residuals = centred(ahead, s.weights, course);
    s.scatter = scatter_of(s.residuals);
    for (std::size_t i = 0; i < course.size(); ++i) {
      const double z = s.residuals[i] / (tail * s.scatter);
      s.weights[i] = 1.0 / (1.0 + z * z);
    }
    s.residuals = centred(ahead, s.weights, course);
    const std::vector<double> gradient = centred(slope, s.weights, course);
    double across = 0.0;
    s.information = 0.0;
    for (std::size_t i = 0; i < course.size(); ++i) {
      across += s.weights[i] * gradient[i] * s.residuals[i];
      s.information += s.weights[i] * gradient[i] * gradient[i];
    }
    if (!(s.information > 0.0)) break;
    const double step = across / s.information;
    s.growth += step;
    if (std::abs(step) < 1e-9) break;
  }
  return s;
}

// By how much scatter that follows from point to point widens a mean's variance.
double variance_inflation(const std::vector<double>& residuals, const Course& course) {
  double along = 0.0;
  double all = 0.0;
  for (std::size_t i = 0; i < residuals.size(); ++i) {
    all += residuals[i] * residuals[i];
    if (i > 0 && course.run[i] == course.run[i - 1]) along += residuals[i] * residuals[i - 1];
  }
  const double correlation = all > 0.0 ? std::clamp(along / all, 0.0, 0.8) : 0.0;
  return (1.0 + correlation) / (1.0 - correlation);
}

double log_prior(double lead_s, const LeadPrior& prior) {
  const double z = std::log(lead_s / prior.median_s) / std::log(prior.factor);
  return -0.5 * z * z;
}

}  // namespace

double log_time_factor(double rate, double elapsed_s) {
  return 1.0 + rate * std::log(std::max(1.0, elapsed_s));
}

const LogTimeCandidate& LogTimeFit::best() const {
  return *std::max_element(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) {
    return a.log_weight < b.log_weight;
  });
}

LogTimeRate LogTimeFit::rate() const {
  if (!known()) return {};
  const double top = best().log_weight;
  double weight = 0.0;
  double first = 0.0;
  double second = 0.0;
  for (const LogTimeCandidate& c : candidates) {
    const double w = std::exp(c.log_weight - top);
    weight += w;
    first += w * c.rate;
    second += w * (c.rate * c.rate + c.rate_sd * c.rate_sd);
  }
  const double middle = first / weight;
  return {middle, std::sqrt(std::max(0.0, second / weight - middle * middle))};
}

double LogTimeFit::lead_s(double rate, double rate_sd) const {
  std::vector<double> weights;
  for (const LogTimeCandidate& c : candidates) {
    const double variance = c.rate_sd * c.rate_sd + rate_sd * rate_sd;
    const double off = rate - c.rate;
    weights.push_back(c.log_weight + std::log(c.rate_sd) - 0.5 * std::log(variance) -
                      0.5 * off * off / variance);
  }
  const double top = *std::max_element(weights.begin(), weights.end());
  double weight = 0.0;
  double sum = 0.0;
  for (std::size_t k = 0; k < weights.size(); ++k) {
    const double w = std::exp(weights[k] - top);
    weight += w;
    sum += w * std::log(std::max(candidates[k].lead_s, 1e-3));
  }
  return std::exp(sum / weight);
}

LogTimeFit fit_log_time(const std::vector<LogTimeRun>& runs, const LeadPrior* lead) {
  LogTimeFit fit;
  std::size_t points = 0;
  for (const LogTimeRun& run : runs) points += run.size();
  if (points < runs.size() + 4) return fit;

  std::vector<double> lead_s = {0.0};
  if (lead != nullptr) {
    lead_s.clear();
    for (int k = 0; k < leads; ++k) {
      lead_s.push_back(0.5 * std::pow(most_lead_s / 0.5, k / static_cast<double>(leads - 1)));
    }
  }
  std::vector<Solution> solutions;
  std::size_t best = 0;
  for (std::size_t k = 0; k < lead_s.size(); ++k) {
    solutions.push_back(solve(course_of(runs, lead_s[k])));
    if (solutions[k].scatter < solutions[best].scatter) best = k;
  }
  const double free = static_cast<double>(points) / static_cast<double>(points - runs.size() - 1);
  const double variance =
      solutions[best].scatter * solutions[best].scatter * free *
      variance_inflation(solutions[best].residuals, course_of(runs, lead_s[best]));
  fit.scatter = solutions[best].scatter;
  for (std::size_t k = 0; k < lead_s.size(); ++k) {
    const Solution& s = solutions[k];
    if (!(s.information > 0.0)) continue;
    double cost = 0.0;
    for (const double r : s.residuals) cost += std::log1p(r * r / (5.76 * variance));
    const double weight =
        -0.5 * 5.76 * cost + (lead != nullptr ? log_prior(lead_s[k], *lead) : 0.0);
    const double at_one_second = 1.0 - s.growth * s.middle;
    const double rate = s.growth / at_one_second;
    if (!(at_one_second > 0.0) || std::abs(rate) > most_rate) continue;
    const double growth_sd = std::sqrt(variance / s.information);
    fit.candidates.push_back(
        {lead_s[k], rate, growth_sd / (at_one_second * at_one_second), weight});
  }
  return fit;
}

}  // namespace matfit
