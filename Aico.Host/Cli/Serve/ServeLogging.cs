using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Aico.Host.Cli.Serve;

/// <summary>The log of a serving host: one line an event on standard output, or one JSON object.</summary>
internal static class ServeLogging
{
    private const string Timestamp = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";

    public static ILoggerFactory Create(bool json, bool verbose) => LoggerFactory.Create(logging =>
    {
        logging.SetMinimumLevel(verbose ? LogLevel.Debug : LogLevel.Information);
        // What the framework says of each request and of its own start is of use to those who look for a fault only.
        logging.AddFilter("Microsoft", verbose ? LogLevel.Information : LogLevel.Warning);
        if (json)
        {
            logging.AddJsonConsole(console =>
            {
                console.UseUtcTimestamp = true;
                console.TimestampFormat = Timestamp.TrimEnd();
                console.IncludeScopes = true;
            });
        }
        else
        {
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.IncludeScopes = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = Timestamp;
                console.ColorBehavior = Console.IsOutputRedirected ? LoggerColorBehavior.Disabled : LoggerColorBehavior.Default;
            });
        }
    });
}
