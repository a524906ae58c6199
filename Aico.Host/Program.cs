using Aico.Host;
using Aico.Host.Cli;

return await CliRunner.RunAsync(AicoCommandLine.Create(AicoHost.Create, AppContext.BaseDirectory, Console.In), args);
