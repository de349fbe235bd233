#pragma once

#include "numeric/random.hpp"
#include "synthetic/mat_sensor.hpp"
#include "synthetic/mattress_model.hpp"
#include "synthetic/sleeper.hpp"
#include "synthetic/sleeper_pose.hpp"

#include <array>
#include <optional>
#include <string_view>

namespace matfit {

// What the made-up world does on purpose otherwise than any fitter would assume.
enum class Departure {
  none,
  contact_law,        // flesh answers in a straight line, or locks
  foam_law,           // latex, or pocket springs under a soft top, of the same firmness
  shear,              // no side-wise coupling, twice as much, or one that load does not lessen
  tissue,             // flesh half or twice as thick, half or twice as soft
  body_shape,         // elliptic or boxy sections, other bulges, another waist
  mass_distribution,  // Dempster's segment masses, or mass moved between pelvis and thorax
  spine_law,          // hinges with play or that stiffen; another balance of thorax and loins
  sensor,             // blur, cross-talk, a bent response, a gradient of gains
  pose,               // rolled, twisted, an arm under the trunk, curled up
};

inline constexpr std::array all_departures{
    Departure::none,   Departure::contact_law, Departure::foam_law,          Departure::shear,
    Departure::tissue, Departure::body_shape,  Departure::mass_distribution, Departure::spine_law,
    Departure::sensor, Departure::pose};

std::string_view name_of(Departure departure);
std::optional<Departure> departure_from_name(std::string_view name);

// Each makes one of its kinds of change, drawn at random, and leaves all else as it is.
void depart_in_body(SleeperBody& body, Departure departure, Random& random);
void depart_in_pose(SleeperPose& pose, Departure departure, Random& random);
void depart_in_mattress(MattressModel& mattress, Departure departure, Random& random);
void depart_in_sensor(MatSensor& sensor, Departure departure, Random& random);

}  // namespace matfit
