-- Prints as JSON what mpv knows of a file, and quits. With captions, what it shows of them.
local utils = require "mp.utils"

local function say(found)
  io.stdout:write(utils.format_json(found), "\n")
  io.stdout:flush()
  mp.command("quit")
end

mp.register_event("file-loaded", function()
  local tracks = mp.get_property_native("track-list")
  local picture = {}
  for _, track in ipairs(tracks) do
    -- Where a container does not tell the size of its picture, it is that of the picture shown.
    if track.albumart then picture = { track["demux-w"], track["demux-h"] } end
  end
  local function tell()
    if #picture == 0 then
      local shown = mp.get_property_native("video-params") or {}
      picture = { shown.w or 0, shown.h or 0 }
    end
    say({
      chapters = mp.get_property_native("chapter-list"),
      tags = mp.get_property_native("metadata"),
      length = mp.get_property_native("duration"),
      tracks = tracks,
      picture = picture,
    })
  end
  if #picture == 0 then
    mp.register_event("playback-restart", tell)
  else
    tell()
  end
end)
