import { Box } from 'ink'
import { overOf } from './keymap.ts'
import { isTooSmall } from './layout.ts'
import { Bytes } from './panes/bytes.tsx'
import { Explanation } from './panes/explanation.tsx'
import { Footer } from './panes/footer.tsx'
import { Header } from './panes/header.tsx'
import { Help } from './panes/help.tsx'
import { Ladder } from './panes/ladder.tsx'
import { Packets } from './panes/packets.tsx'
import { Block } from './panes/pane.tsx'
import { Start } from './panes/start.tsx'
import { Tree } from './panes/tree.tsx'
import type { View } from './view.ts'

/** The screen. Everything on it follows from the view. */
export function App(view: View) {
  const { size, capture, help } = view.state
  const rect = { left: 0, top: 0, width: size.columns, height: size.rows }
  if (isTooSmall(size))
    return (
      <Box width={size.columns} height={size.rows}>
        <Block
          rect={rect}
          rows={[[{ text: 'too small: make' }], [{ text: 'the window larger' }]]}
          theme={view.theme}
        />
      </Box>
    )
  return (
    <Box width={size.columns} height={size.rows}>
      <Header {...view} />
      {overOf(view.state) ? <Ladder {...view} /> : capture ? <Panes {...view} /> : <Start {...view} />}
      {help !== undefined && <Help {...view} />}
      <Footer {...view} />
    </Box>
  )
}

const Panes = (view: View) => {
  return (
    <>
      <Packets {...view} />
      <Tree {...view} />
      <Bytes {...view} />
      <Explanation {...view} />
    </>
  )
}
