// Reads bytes as a posture model. There is a model that is written as itself, or a UsageError.

#include "fuzz_input.hpp"

#include "stages/classify/posture_model.hpp"
#include "types/error.hpp"

#include <cstddef>
#include <cstdint>

bool matfit::test::accepts(const std::uint8_t* bytes, std::size_t size) {
  try {
    const PostureModel model = load_posture_model(input_file(bytes, size, "model.bin"));
    save_posture_model(model, input_folder() / "again.bin");
    const PostureModel again = load_posture_model(input_folder() / "again.bin");
    require(again.provenance() == model.provenance(), "a model keeps where it came from");
    require(again.posture_networks().networks.front().hidden_weights ==
                model.posture_networks().networks.front().hidden_weights,
            "a model keeps its weights");
    return true;
  } catch (const UsageError&) {
    return false;
  }
}
