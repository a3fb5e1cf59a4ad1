-- Prints, in angle brackets, what mpv shows at each of the times that it is given.
local times, at = {}, 0
for time in mp.get_opt("times"):gmatch("[^/]+") do
  times[#times + 1] = tonumber(time)
end
local function next_time()
  at = at + 1
  if at > #times then
    mp.command("quit")
  else
    mp.commandv("seek", times[at], "absolute+exact")
  end
end
mp.register_event("playback-restart", function()
  if at == 0 then
    next_time()
    return
  end
  -- It reads captions a moment after it has found the sound.
  mp.add_timeout(0.05, function()
    local text = mp.get_property("sub-text") or ""
    print("<" .. text:gsub("\n", " ") .. ">")
    next_time()
  end)
end)
