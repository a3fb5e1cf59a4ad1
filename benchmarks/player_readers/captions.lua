-- Prints as JSON what mpv shows of captions at the moments it is given, and quits.
local utils = require "mp.utils"
local options = { times = "" }
require("mp.options").read_options(options, "captions")

local moments, shown, at = {}, {}, 0
for moment in options.times:gmatch("[^;]+") do table.insert(moments, tonumber(moment)) end

local function go_on()
  at = at + 1
  if at > #moments then
    io.stdout:write(utils.format_json(shown), "\n")
    io.stdout:flush()
    mp.command("quit")
    return
  end
  mp.commandv("seek", moments[at], "absolute+exact")
end

-- Captions are drawn a little later than it has gone there.
local function look(tries)
  local text = mp.get_property("sub-text") or ""
  if text == "" and tries > 0 then
    mp.add_timeout(0.02, function() look(tries - 1) end)
    return
  end
  table.insert(shown, { text, mp.get_property_number("sub-start") or moments[at] })
  go_on()
end

mp.register_event("playback-restart", function()
  if at == 0 then go_on() else look(50) end
end)
