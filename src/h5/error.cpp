#include "h5/error.hpp"

#include <utility>

namespace matfit::h5 {

Error::Error(const std::filesystem::path& file, std::string object, std::string problem)
    : std::runtime_error(file.string() + ": " + (object.empty() ? "" : object + ": ") + problem),
      object_(std::move(object)),
      problem_(std::move(problem)) {}

}  // namespace matfit::h5
