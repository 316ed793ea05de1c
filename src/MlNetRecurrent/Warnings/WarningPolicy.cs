using MlNetRecurrent.Checks;

namespace MlNetRecurrent.Warnings;

/// <summary>The treatment of warnings, as set in the options of a component.</summary>
/// <param name="TreatAsErrors">Whether a warning that is not ignored is an error.</param>
/// <param name="Ignored">The kinds that are neither logged nor errors.</param>
internal sealed record WarningPolicy(bool TreatAsErrors, IReadOnlyList<RecurrentWarning> Ignored)
{
    public static WarningPolicy Log { get; } = new(TreatAsErrors: false, Ignored: []);

    /// <exception cref="ArgumentNullException">The list is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A kind is not a member of <see cref="RecurrentWarning"/>.</exception>
    public static void ThrowIfUnknown(IReadOnlyList<RecurrentWarning> ignored, string parameter)
    {
        ArgumentNullException.ThrowIfNull(ignored, parameter);
        foreach (RecurrentWarning kind in ignored)
            OptionCheck.That(Enum.IsDefined(kind), parameter, kind, $"a list of members of {nameof(RecurrentWarning)}");
    }
}
