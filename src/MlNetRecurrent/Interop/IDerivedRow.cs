namespace MlNetRecurrent.Interop;

/// <summary>A row of this library that is made of another one.</summary>
internal interface IDerivedRow
{
    /// <summary>The other row.</summary>
    DataViewRow Input { get; }
}
