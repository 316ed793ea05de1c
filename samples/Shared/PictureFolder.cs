namespace Samples.Shared;

/// <summary>Where a sample puts its pictures.</summary>
public static class PictureFolder
{
    /// <summary>
    /// The folder that the only argument names, by default that of the program. It is created first, before there is anything to lose.
    /// </summary>
    /// <remarks>Other arguments end the program with a line that says what they may be.</remarks>
    public static string Of(string[] args)
    {
        if (args.Length > 1 || (args.Length == 1 && args[0].StartsWith('-')))
        {
            Console.Error.WriteLine("The only argument is the folder for the pictures, by default that of the program.");
            Environment.Exit(1);
        }
        return args.Length == 0 ? AppContext.BaseDirectory : Directory.CreateDirectory(args[0]).FullName;
    }
}
