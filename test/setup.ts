import fc from 'fast-check'

// Properties are tried on the same values in every run, so that a red test is red for everybody. FC_SEED tries others.
fc.configureGlobal({ seed: Number(process.env['FC_SEED'] ?? 20200119) })

// Under sudo the program would become its user, who may not read what root's tests have written.
for (const name of ['SUDO_UID', 'SUDO_GID', 'DOAS_USER']) delete process.env[name]
