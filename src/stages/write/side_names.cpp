#include "stages/write/side_names.hpp"

namespace matfit {

std::pair<std::string, std::string> side_keys(Posture posture) {
  switch (posture) {
    case Posture::supine: return {"map.side_right", "map.side_left"};
    case Posture::prone: return {"map.side_left", "map.side_right"};
    case Posture::left: return {"map.back", "map.front"};
    case Posture::right: return {"map.front", "map.back"};
    default: return {};
  }
}

}  // namespace matfit
