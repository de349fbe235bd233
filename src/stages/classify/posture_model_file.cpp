#include "numeric/fnv1a.hpp"
#include "stages/classify/posture_model.hpp"
#include "types/error.hpp"

#include <fmt/format.h>

#include <bit>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <map>
#include <optional>
#include <string_view>

// The file: a first line with format and version, lines "name = value" (parameters, then
// provenance), a line "weights = BYTES", and that many bytes of little-endian float32.
namespace matfit {

namespace {

constexpr std::string_view first_line = "matfit posture model 1";
constexpr std::string_view provenance_prefix = "provenance.";
constexpr std::string_view weights_name = "weights";
static_assert(std::endian::native == std::endian::little, "weights are stored little-endian");

template <typename Matrix>
void append(std::string& bytes, const Matrix& m) {
  bytes.append(reinterpret_cast<const char*>(m.data()),
               static_cast<std::size_t>(m.size()) * sizeof(float));
}

std::string weights_of(const NetworkEnsemble& ensemble) {
  std::string bytes;
  for (const FeatureNetwork& n : ensemble.networks) {
    append(bytes, n.hidden_weights);
    append(bytes, n.hidden_bias);
    append(bytes, n.output_weights);
    append(bytes, n.output_bias);
  }
  return bytes;
}

std::string ensemble_lines(std::string_view name, const NetworkEnsemble& e) {
  return fmt::format(
      "{0}.networks = {1}\n{0}.features = {2}\n{0}.units = {3}\n{0}.classes = {4}\n"
      "{0}.temperature = {5}\n",
      name, e.networks.size(), e.feature_count(), e.networks.front().hidden_bias.size(),
      e.class_count(), e.temperature);
}

std::string one_line_value(std::string value) {
  for (char& c : value) {
    if (c == '\n' || c == '\r') c = ' ';
  }
  return value;
}

// Walks through a model file and says where it stands when something is wrong.
class ModelReader {
 public:
  ModelReader(std::string file, std::string content)
      : file_(std::move(file)), content_(std::move(content)) {}

  PostureModel read() {
    if (next_line() != first_line) fail(fmt::format("the line \"{}\"", first_line));
    Provenance provenance;
    std::optional<std::size_t> weight_bytes;
    while (!weight_bytes) {
      const std::string_view line = next_line();
      const std::size_t equals = line.find(" = ");
      if (equals == std::string_view::npos) fail("a line \"name = value\"");
      const std::string name(line.substr(0, equals));
      const std::string value(line.substr(equals + 3));
      if (name == weights_name) {
        values_[name] = value;
        weight_bytes = static_cast<std::size_t>(number(weights_name, 0, 1e9));
      } else if (name.starts_with(provenance_prefix)) {
        provenance.emplace_back(name.substr(provenance_prefix.size()), value);
      } else {
        values_[name] = value;
      }
    }
    if (content_.size() - place_ != *weight_bytes) {
      fail(fmt::format("{} bytes of weights, found {}; the file is cut short or damaged",
                       *weight_bytes, content_.size() - place_));
    }
    const std::string sum =
        fmt::format("{:016x}", fnv1a_64(std::string_view(content_).substr(place_)));
    if (values_["checksum"] != sum) fail("weights that agree with the checksum");

    RegistrationOptions registration;
    registration.background_quantile = number("registration.background_quantile", 0.0, 1.0);
    registration.full_scale_quantile = number("registration.full_scale_quantile", 0.0, 1.0);
    registration.compression_exponent = number("registration.compression_exponent", 0.01, 10.0);
    registration.smoothing_m = number("registration.smoothing_m", 0.0, 1.0);
    registration.largest_tilt_rad = number("registration.largest_tilt_rad", 0.0, 1.5);
    NetworkEnsemble posture = ensemble("posture");
    NetworkEnsemble upright = ensemble("upright");
    if (place_ != content_.size()) fail("weights for the networks that the header declares");
    try {
      return {registration, std::move(posture), std::move(upright), std::move(provenance)};
    } catch (const std::invalid_argument&) {
      fail("networks for this version's features; train the model again");
    }
  }

 private:
  [[noreturn]] void fail(const std::string& expected) const {
    throw UsageError(fmt::format("{}: line {}: expected {}", file_, line_, expected));
  }

  std::string_view next_line() {
    const std::size_t end = content_.find('\n', place_);
    ++line_;
    if (end == std::string::npos) fail("more lines; the file is cut short");
    const std::string_view line = std::string_view(content_).substr(place_, end - place_);
    place_ = end + 1;
    return line;
  }

  double number(std::string_view name, double low, double high) const {
    const auto found = values_.find(std::string(name));
    if (found == values_.end()) fail(fmt::format("a value for {}", name));
    const std::string& text = found->second;
    double value = 0.0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size() ||
        !(value >= low && value <= high)) {
      fail(fmt::format("{} between {} and {}, got \"{}\"", name, low, high, text));
    }
    return value;
  }

  NetworkEnsemble ensemble(const std::string& name) {
    const auto networks = static_cast<int>(number(name + ".networks", 1, 64));
    const auto features = static_cast<Eigen::Index>(number(name + ".features", 1, 100000));
    const auto units = static_cast<Eigen::Index>(number(name + ".units", 1, 10000));
    const auto classes = static_cast<Eigen::Index>(number(name + ".classes", 2, 64));
    NetworkEnsemble out;
    out.temperature = number(name + ".temperature", 0.01, 100.0);
    for (int i = 0; i < networks; ++i) {
      FeatureNetwork n;
      n.hidden_weights = block(units, features);
      n.hidden_bias = block(units, 1);
      n.output_weights = block(classes, units);
      n.output_bias = block(classes, 1);
      out.networks.push_back(std::move(n));
    }
    return out;
  }

  Eigen::MatrixXf block(Eigen::Index rows, Eigen::Index cols) {
    const auto bytes = static_cast<std::size_t>(rows * cols) * sizeof(float);
    if (content_.size() - place_ < bytes) fail("weights for the networks that the header declares");
    Eigen::MatrixXf m(rows, cols);
    std::memcpy(m.data(), content_.data() + place_, bytes);
    place_ += bytes;
    if (!m.allFinite()) fail("finite weights");
    return m;
  }

  std::string file_;
  std::string content_;
  std::map<std::string, std::string> values_;
  std::size_t place_ = 0;
  int line_ = 0;
};

}  // namespace

PostureModel load_posture_model(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in || !std::filesystem::is_regular_file(path)) {
    throw UsageError(fmt::format(
        "{}: cannot be read; expected a posture model made by matfit train", path.string()));
  }
  std::string content(std::filesystem::file_size(path), '\0');
  in.read(content.data(), static_cast<std::streamsize>(content.size()));
  if (!in) throw UsageError(fmt::format("{}: cannot be read to its end", path.string()));
  return ModelReader(path.string(), std::move(content)).read();
}

void save_posture_model(const PostureModel& model, const std::filesystem::path& path) {
  const RegistrationOptions& r = model.registration();
  const std::string weights =
      weights_of(model.posture_networks()) + weights_of(model.upright_networks());
  std::string text = fmt::format(
      "{}\nregistration.background_quantile = {}\nregistration.full_scale_quantile = {}\n"
      "registration.compression_exponent = {}\nregistration.smoothing_m = {}\n"
      "registration.largest_tilt_rad = {}\n",
      first_line, r.background_quantile, r.full_scale_quantile, r.compression_exponent,
      r.smoothing_m, r.largest_tilt_rad);
  text += ensemble_lines("posture", model.posture_networks());
  text += ensemble_lines("upright", model.upright_networks());
  for (const auto& [name, value] : model.provenance()) {
    text += fmt::format("{}{} = {}\n", provenance_prefix, name, one_line_value(value));
  }
  text +=
      fmt::format("checksum = {:016x}\n{} = {}\n", fnv1a_64(weights), weights_name, weights.size());
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text << weights;
  out.flush();
  if (!out) throw UsageError(fmt::format("{}: cannot be written", path.string()));
}

}  // namespace matfit
