// Reads bytes as landmarks that somebody placed on maps. There are marks with a place and a
// confidence, or an InputError.

#include "fuzz_input.hpp"

#include "pipeline/evaluate_landmarks.hpp"
#include "types/error.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>

bool matfit::test::accepts(const std::uint8_t* bytes, std::size_t size) {
  try {
    const auto recordings = read_landmark_annotations(input_file(bytes, size, "landmarks.json"));
    for (const RecordingAnnotation& recording : recordings) {
      for (const LandmarkAnnotation& mark : recording.landmarks) {
        require(!mark.name.empty() && std::isfinite(mark.column) && std::isfinite(mark.row),
                "a mark has a name and a place");
        require(mark.confidence >= 1 && mark.confidence <= 3, "a mark has a confidence, 1 to 3");
      }
    }
    return true;
  } catch (const InputError&) {
    return false;
  }
}
