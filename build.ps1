# Builds, tests, runs and packs AICO on Windows. The verbs are those of build.sh: ./build.ps1 --help
#Requires -Version 5.1
param([string]$Verb = '', [Parameter(ValueFromRemainingArguments = $true)][string[]]$Rest = @())

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot

$Aico = 'artifacts/aico/aico.exe'
$Native = 'artifacts/aico/native'
$Rooms = 'tests/livekit-test-server'
$Models = 'tests/aimock'
$Clients = 'tests/vendor-clients'
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_NOLOGO = '1'
# The summary of a test run is read below: it must be in English.
$env:DOTNET_CLI_UI_LANGUAGE = 'en'

function Show-Usage {
    @'
./build.ps1                  build everything into artifacts/aico/
./build.ps1 demo             build, then hold a typed conversation with a voice and print it
./build.ps1 test [filter]    build and run the tests, or those whose full name contains the filter
./build.ps1 bench [name]     loop, stt, tts, vad: aico bench <name>; anything else: BenchmarkDotNet, filtered by the name
./build.ps1 format           format the sources (format --check: only say what is not formatted)
./build.ps1 pack             the NuGet packages that plugin authors need, in artifacts/packages/
./build.ps1 publish [rid]    a self-contained executable with plugins/, native/ and config/ in artifacts/publish/<rid>/, and its archive
./build.ps1 clean            remove artifacts/ and node_modules/

Exit codes: 0 done, 1 something failed, 2 this machine lacks something (the message says what) or the call is wrong.
'@
}

function Write-Note([string]$Text) { [Console]::Error.WriteLine($Text) }

function Stop-Build([string]$Text, [int]$Code = 1) {
    Write-Note $Text
    exit $Code
}

# Native programs do not throw: their exit code says whether to go on.
function Confirm-Success([string]$Text, [int]$Code = 1) {
    if ($LASTEXITCODE -ne 0) { Stop-Build $Text $Code }
}

function Get-ToolVersion([string]$Tool) {
    if (-not (Get-Command $Tool -ErrorAction SilentlyContinue)) { return '' }
    # What a tool says on stderr must not end the script: Windows PowerShell makes errors of it.
    $ErrorActionPreference = 'Continue'
    $lines = & $Tool --version 2>$null
    if ($LASTEXITCODE -ne 0 -or -not $lines) { return '' }
    return "$(@($lines)[0])".TrimStart('v').Split('-')[0]
}

function Confirm-Tool([string]$Tool, [string]$Name, [version]$Wanted) {
    $found = Get-ToolVersion $Tool
    if ($found -notmatch '^\d+\.\d+') { Stop-Build "$Name $Wanted or later is needed and was not found on the PATH." 2 }
    if ([version]$found -lt $Wanted) { Stop-Build "$Name $Wanted or later is needed; found $found." 2 }
}

function Confirm-Tools {
    # In the checkout global.json decides which SDK that is; one that is too old is not found.
    Confirm-Tool 'dotnet' '.NET SDK' '10.0.100'
    Confirm-Tool 'node' 'Node.js' '20.0.0'
}

function Install-NativeFiles([string]$Rid, [string]$Out) {
    $of = @()
    if ($Rid) { $of = @('--rid', $Rid) }
    node native/collect.mjs $Out @of --current
    if ($LASTEXITCODE -eq 0) { return }

    $folder = 'native'
    $platform = @()
    if ($Rid) {
        # Another platform's files come from an npm ci of their own, away from native/node_modules.
        $platform = @((node native/collect.mjs --npm-platform $Rid).Split(' '))
        $folder = "artifacts/npm/$Rid"
        New-Item -ItemType Directory -Force $folder | Out-Null
        Copy-Item native/package.json, native/package-lock.json, native/.npmrc $folder
    }
    Push-Location $folder
    try { npm ci --loglevel=error @platform } finally { Pop-Location }
    Confirm-Success "npm ci failed in $folder (see above): the native libraries and models come from the npm registry." 2
    node native/collect.mjs $Out @of --packages "$folder/node_modules"
    Confirm-Success 'the native files could not be collected (see above)' 2
}

function Build-All {
    Confirm-Tools
    Install-NativeFiles '' $Native
    dotnet build Aico.sln -c Release -v quiet --nologo
    Confirm-Success 'the build failed (see above)'
}

function Start-Demo {
    Build-All
    New-Item -ItemType Directory -Force artifacts/demo | Out-Null
    & $Aico talk --text 'Go forward ten meters.' --text 'And now turn to the left, please.' --greeting 'Hello, this is AICO. My answers come from a script.' `
        --llm scripted --set scripted.script=config/scripts/demo.json --out artifacts/demo/conversation.wav --timeline artifacts/demo/timeline.html
    Confirm-Success "the demo failed; '$Aico doctor' says what this machine lacks" $LASTEXITCODE
}

# The packages of the servers that stand in for LiveKit's and for language models, and of the clients that judge the fakes of vendors.
# The lock file as it was installed is the stamp.
function Install-TestServers {
    foreach ($folder in $Rooms, $Models, $Clients) {
        $lock = "$folder/package-lock.json"
        $stamp = "$folder/node_modules/.installed-lock.json"
        if ((Test-Path $stamp) -and (Get-FileHash $lock).Hash -eq (Get-FileHash $stamp).Hash) { continue }
        Push-Location $folder
        try { npm ci --loglevel=error } finally { Pop-Location }
        Confirm-Success "npm ci failed in $folder (see above): its packages come from the npm registry." 2
        Copy-Item $lock $stamp
    }
}

# A number of the summary that node --test prints as "# pass 12".
function Get-NodeNumber([string[]]$Lines, [string]$Name) {
    $number = 0
    foreach ($line in $Lines) { if ($line -match "^# $Name (\d+)\s*$") { $number = [int]$Matches[1] } }
    return $number
}

# A number of the last summary that dotnet test printed, 0 where it printed none.
function Get-SummaryNumber([string[]]$Lines, [string]$Name) {
    $number = 0
    foreach ($line in $Lines) {
        if ($line -match '^Test run summary:') { $number = 0 }
        elseif ($line -match "^\s*${Name}: (\d+)\s*$") { $number = [int]$Matches[1] }
    }
    return $number
}

# Ends with the one line "N passed, N failed[, N skipped]". A test host that crashes or hangs counts as a failure.
function Start-Tests([string]$Filter) {
    Build-All
    Install-TestServers
    $options = @('--solution', 'Aico.sln', '-c', 'Release', '--no-build', '--results-directory', 'artifacts/test-results',
        '--max-parallel-test-modules', '1', '--timeout', '30m', '--settings', (Join-Path $PSScriptRoot 'tests/nunit.runsettings'))
    # A filter leaves most projects without a test, which is exit code 8 for each of them.
    if ($Filter) { $options += @('--filter', "FullyQualifiedName~$Filter", '--ignore-exit-code', '8') }
    $lines = @()
    dotnet test @options | Tee-Object -Variable lines | Out-Host
    $status = $LASTEXITCODE

    $passed = Get-SummaryNumber $lines 'succeeded'
    $failed = Get-SummaryNumber $lines 'failed'
    $skipped = Get-SummaryNumber $lines 'skipped'
    if ($failed -eq 0 -and $status -ne 0) {
        Write-Note 'a test project ended with an error without a failed test (see above): counted as one failure'
        $failed = 1
    }
    elseif ($passed + $failed -eq 0) {
        Write-Note 'no test ran: counted as one failure'
        $failed = 1
    }
    # A filter names tests of .NET.
    if (-not $Filter) {
        Push-Location $Rooms
        try { $lines = @(node --test --test-reporter=tap --test-concurrency=1 @((Get-ChildItem test/*.test.mjs).FullName)) } finally { Pop-Location }
        $status = $LASTEXITCODE
        $own = Get-NodeNumber $lines 'fail'
        if ($status -ne 0 -and $own -eq 0) { $own = 1 }
        if ($own -gt 0) { $lines | Out-Host }
        $passed += Get-NodeNumber $lines 'pass'
        $skipped += Get-NodeNumber $lines 'skipped'
        $failed += $own
    }
    $result = "$passed passed, $failed failed"
    if ($skipped -gt 0) { $result += ", $skipped skipped" }
    $result
    if ($failed -gt 0) { exit 1 }
}

function Start-Bench([string[]]$Arguments) {
    Build-All
    $name = if ($Arguments.Count -gt 0) { $Arguments[0] } else { '' }
    if ($name -in 'loop', 'stt', 'tts', 'vad') { & $Aico bench @Arguments }
    else {
        $more = @($Arguments | Select-Object -Skip 1)
        dotnet run -c Release --project tests/Aico.Benchmarks -- --filter "*$name*" --artifacts artifacts/benchmarks @more
    }
    Confirm-Success 'the benchmark failed (see above)'
}

function Format-Sources([bool]$Check) {
    Confirm-Tools
    $options = @()
    if ($Check) { $options = @('--verify-no-changes') }
    dotnet format Aico.sln @options
    Confirm-Success 'not formatted: run ./build.ps1 format'
}

# Every build packs them; this one builds nothing else.
function Build-Packages {
    Confirm-Tools
    dotnet build tests/Aico.Testing.Conformance -c Release -v quiet --nologo
    Confirm-Success 'packing failed (see above)'
    Write-Note 'packed: artifacts/packages'
}

function Publish-Host([string]$Rid) {
    Confirm-Tools
    $here = "win-$(node -p process.arch)"
    if (-not $Rid) { $Rid = $here }
    $out = "artifacts/publish/$Rid"
    Build-All
    # From nothing: a file of an earlier version must not get into the archive.
    if (Test-Path $out) { Remove-Item -Recurse -Force $out }
    New-Item -ItemType Directory -Force $out | Out-Null
    $lines = @(dotnet publish Aico.Host -c Release -r $Rid -p:PublishProfile=standalone -o $out -v quiet --nologo)
    if ($LASTEXITCODE -ne 0) {
        # What the source of NuGet packages lacks is no fault of ours: which platform it is and what it lacks is said in one line.
        $packs = @([regex]::Matches("$lines", 'Microsoft\.[A-Za-z]+\.App\.(Runtime|Host|Crossgen2)\.[a-z0-9-]+') | ForEach-Object Value | Sort-Object -Unique)
        if ($packs.Count -gt 0 -and "$lines" -match 'NU110[0-9]|NETSDK1094') {
            Stop-Build "$Rid cannot be published here: the NuGet source has no $($packs -join ' '), of which a self-contained host for $Rid is made. On a machine whose source has it, the same command works." 2
        }
        $lines | ForEach-Object { Write-Note $_ }
        Stop-Build "publishing for $Rid failed (see above)"
    }
    foreach ($folder in 'artifacts/aico/plugins', 'artifacts/aico/config', 'artifacts/packages', 'docs', 'deploy') { Copy-Item -Recurse $folder $out }
    Remove-Item -Recurse -Force "$out/deploy/pack"
    Get-ChildItem "$out/plugins" -Recurse -Filter *.pdb | Remove-Item
    Copy-Item LICENSE, THIRD-PARTY.md, README.md $out
    if ($Rid -ne $here) { Install-NativeFiles $Rid "$out/native" }
    else {
        Copy-Item -Recurse $Native "$out/native"
        & "$out/aico.exe" --help | Out-Null
        Confirm-Success "$out/aico.exe does not start"
    }
    Remove-Item "$out/native/.stamp"
    $version = ([xml](Get-Content Directory.Build.props)).Project.PropertyGroup.Version
    node deploy/pack/pack.mjs $out --rid $Rid --version $version --deps "artifacts/bin/Aico.Host/release_$Rid/aico.deps.json" --assets artifacts/obj/Aico.Host/project.assets.json
    Confirm-Success "packing $out failed (see above)"
    Write-Note "published: $out"
}

function Clear-Output {
    foreach ($folder in 'artifacts', 'native/node_modules', "$Rooms/node_modules", "$Models/node_modules", "$Clients/node_modules") {
        if (Test-Path $folder) { Remove-Item -Recurse -Force $folder }
    }
}

$first = if ($Rest.Count -gt 0) { $Rest[0] } else { '' }
switch ($Verb) {
    '' { Build-All; Write-Note "built: $Aico" }
    'demo' { Start-Demo }
    'test' { Start-Tests $first }
    'bench' { Start-Bench $Rest }
    'format' { Format-Sources ($first -eq '--check') }
    'pack' { Build-Packages }
    'publish' { Publish-Host $first }
    'clean' { Clear-Output }
    { $_ -in '-h', '--help', 'help' } { Show-Usage }
    default { Write-Note "unknown verb: $Verb"; Show-Usage; exit 2 }
}
