namespace Samples.Shared;

/// <summary>Where a sample puts its pictures.</summary>
public static class PictureFolder
{
    /// <summary>The folder that the only argument names, by default that of the program. It is made where there is none, before there is anything to be lost.</summary>
    /// <exception cref="ArgumentException">The arguments are something else; the message says what they may be.</exception>
    public static string Of(string[] args)
    {
        if (args.Length > 1 || (args.Length == 1 && args[0].StartsWith('-')))
            throw new ArgumentException("The only argument is the folder for the pictures, by default that of the program.");
        return args.Length == 0 ? AppContext.BaseDirectory : Directory.CreateDirectory(args[0]).FullName;
    }
}
