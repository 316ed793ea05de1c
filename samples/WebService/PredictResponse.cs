namespace WebService;

/// <summary>The likelier of praise and blame, and the probability of each, the larger first.</summary>
public sealed record PredictResponse(string Label, IReadOnlyDictionary<string, float> Probabilities);
