import fc from 'fast-check'

// Properties are tried on the same values in every run, so that a red test is red for everybody. FC_SEED tries others.
fc.configureGlobal({ seed: Number(process.env['FC_SEED'] ?? 20200119) })
