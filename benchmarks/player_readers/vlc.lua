-- Prints what VLC knows of a file: a word, a tab and the value in each line. Ends VLC.
local function say(what, value)
  io.stdout:write(what, "\t", (tostring(value):gsub("\n", "\\n")), "\n")
  io.stdout:flush()
end

local function wait(seconds)
  vlc.misc.mwait(vlc.misc.mdate() + seconds * 1000000)
end

for _ = 1, 300 do
  if vlc.playlist.status() == "playing" then break end
  wait(0.05)
end
wait(0.5)
vlc.playlist.pause()
local item, input = vlc.input.item(), vlc.object.input()
for name, text in pairs(item:metas()) do say("tag", name .. "\t" .. tostring(text)) end
say("length", item:duration())
local numbers, titles = vlc.var.get_list(input, "chapter")
for i, title in ipairs(titles) do say("chapter", title) end
-- VLC tells where a chapter begins by going there alone. In the first it is from the start.
if #numbers > 0 then say("start", vlc.var.get(input, "chapter") == numbers[1] and 0 or -1000000) end
for i = 2, #numbers do
  local from = vlc.var.get(input, "time")
  vlc.var.set(input, "chapter", numbers[i])
  -- Its first other time is where it went to: later ones may be those of what it reads ahead.
  local now = from
  for _ = 1, 4000 do
    now = vlc.var.get(input, "time")
    if now ~= from then break end
    wait(0.002)
  end
  say("start", now)
end
vlc.misc.quit()
